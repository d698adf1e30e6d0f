import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import { runtimeContainers } from '../runtimes';
import { deafness, isMember } from './probe-answers';

/** What a program answers probes with. */
interface Answers {
  /** The end of its image's name. */
  readonly image: RegExp;
  readonly paths: readonly string[];

  /** Further paths, which hold the name of a model. */
  readonly ofModels?: RegExp;

  /** Those that fail when something else does: a database, a cache, an engine. */
  readonly ofOthers: readonly string[];
}

const PROGRAMS: readonly Answers[] = [
  { image: /\/open-webui(?:-backend[\w-]*)?$/, paths: ['/health', '/health/db', '/ready'], ofOthers: ['/health/db', '/ready'] },
  {
    image: /\/litellm[\w-]*$/,
    // Its /health needs a key, and calls every model.
    paths: ['/health/liveliness', '/health/liveness', '/health/readiness'],
    ofOthers: ['/health/readiness'],
  },
  { image: /\/(?:vllm-openai|[\w-]+-vllm)$/, paths: ['/health', '/ping', '/version'], ofOthers: [] },
  { image: /\/ollama$/, paths: ['/', '/api/version', '/api/tags'], ofOthers: [] },
  {
    image: /\/kserve\/\w+server$/,
    paths: ['/', '/v1/models', '/v2/health/live', '/v2/health/ready', '/v2/models', '/metrics'],
    ofModels: /^\/v1\/models\/[^/]+$|^\/v2\/models\/[^/]+(?:\/ready)?$/,
    ofOthers: [],
  },
  {
    image: /\/tensorflow\/serving$/,
    paths: [],
    ofModels: /^\/v1\/models\/[^/]+(?:\/versions\/\d+)?(?:\/metadata)?$/,
    ofOthers: [],
  },
  {
    image: /\/nvidia\/tritonserver$/,
    paths: ['/v2', '/v2/health/live', '/v2/health/ready'],
    ofModels: /^\/v2\/models\/[^/]+(?:\/versions\/\d+)?(?:\/ready)?$/,
    ofOthers: [],
  },
  { image: /\/redis_exporter$/, paths: ['/', '/health', '/metrics'], ofOthers: [] },
];

/** How paths are called that say no more than that the program runs. */
export const ALIVE = /\/(?:live|livez|liveness|liveliness|alive)$/;

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export const probesAskWhatAnswers: Rule = {
  id: 'probes-ask-what-answers',
  title:
    'Probes ask programs for paths that they answer, over the protocol that they speak, listen to the answer, and none is restarted for what another one lacks.',
  why: 'A probe of a path that the program does not have gets 404: the pod never becomes ready, or is restarted again and again. A probe that succeeds whatever the answer is sends requests to pods that refuse them. And a liveness probe that needs the database restarts every pod when the database is down.',
  fix: 'Take the path from the documentation of the image; let liveness ask for the program alone, readiness for what it needs, and a command end with an error unless the answer is the right one.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      yield* ofContainer(spec, field, workload.object);
      if (record(spec.readinessProbe).tcpSocket === undefined || !isMember(spec, workload.object)) continue;
      const message = `asks whether a port is open: a member that has not joined the others yet would count as ready, and the next one be restarted (container ${spec.name})`;
      yield { object: workload.object, field: `${field}/readinessProbe/tcpSocket`, message };
    }
    for (const { spec, field, object } of runtimeContainers(target)) yield* ofContainer(spec, field, object);
  },
};

function* ofContainer(spec: Data, field: string, object: Manifest): Iterable<Problem> {
  const image = String(spec.image)
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '');
  const known = PROGRAMS.find((program) => program.image.test(image));
  const served = servedPorts(spec);
  for (const probe of PROBES) {
    const deaf = deafness(record(record(spec[probe]).exec).command);
    if (deaf !== undefined) yield { object, field: `${field}/${probe}/exec/command`, message: `${deaf} (container ${spec.name})` };
    const { path = '/', scheme, port } = record(record(spec[probe]).httpGet);
    if (port === undefined) continue;
    const at = `${field}/${probe}/httpGet`;
    const problem = (name: string, message: string) => ({ object, field: `${at}/${name}`, message: `${message} (container ${spec.name})` });
    const asked = String(path).replace(/(.)\/$/, '$1');
    if (!String(path).startsWith('/')) yield problem('path', `is "${path}", which does not begin with a slash`);
    else if (known !== undefined && !known.paths.includes(asked) && known.ofModels?.test(asked) !== true)
      yield problem('path', `is "${path}", a path that the program does not have: it answers ${answersOf(known)}`);
    else if (probe === 'livenessProbe' && known?.ofOthers.includes(path))
      yield problem('path', `is "${path}", which fails when the database or another program is down: the pod would be restarted for that`);
    else if (probe === 'readinessProbe' && ALIVE.test(path))
      yield problem('path', `is "${path}", which a program answers before it can serve: requests would come too early`);
    const called = nameOf(port, spec);
    if (scheme === 'HTTPS' && called === 'http') yield problem('scheme', 'is HTTPS, but the port is called http');
    if (scheme !== 'HTTPS' && called === 'https')
      yield problem('scheme', `is ${scheme ?? 'missing, which means HTTP'}, but the port is called https: a server of TLS refuses that`);
    if (served.length > 0 && !served.includes(numberOf(port, spec)))
      yield problem('port', `is ${port}, but the program is told to answer requests at ${served.join(', ')}`);
  }
}

const answersOf = ({ paths, ofModels }: Answers): string =>
  [...paths, ...(ofModels === undefined ? [] : ['paths of its models'])].join(', ');

/** Ports at which a server of models is told to answer requests by HTTP. */
const servedPorts = ({ command, args }: Data): readonly number[] =>
  [command, args]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((each) => {
      const [, port] = /^--(?:http[-_]port|rest_api_port)=(\d+)$/.exec(String(each)) ?? [];
      return port === undefined ? [] : [Number(port)];
    });

const numberOf = (port: unknown, { ports }: Data): number =>
  Number(typeof port === 'number' ? port : records(ports).find(({ name }) => name === port)?.containerPort);

const nameOf = (port: unknown, { ports }: Data): unknown =>
  typeof port === 'string' ? port : records(ports).find(({ containerPort }) => containerPort === port)?.name;

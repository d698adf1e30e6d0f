import { record } from '../fields';
import type { Rule } from '../rule';

/** What a program answers probes with. */
interface Answers {
  /** The end of its image's name. */
  readonly image: RegExp;
  readonly paths: readonly string[];

  /** Those that fail when something else does: a database, a cache, an engine. */
  readonly ofOthers: readonly string[];
}

const PROGRAMS: readonly Answers[] = [
  { image: /\/open-webui(?:-backend[\w-]*)?$/, paths: ['/health', '/health/db', '/ready'], ofOthers: ['/health/db', '/ready'] },
  {
    image: /\/litellm[\w-]*$/,
    paths: ['/health/liveliness', '/health/liveness', '/health/readiness', '/health'],
    ofOthers: ['/health/readiness', '/health'],
  },
  { image: /\/vllm-openai$/, paths: ['/health', '/ping', '/version'], ofOthers: [] },
  { image: /\/ollama$/, paths: ['/', '/api/version', '/api/tags'], ofOthers: [] },
];

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export const probesAskWhatAnswers: Rule = {
  id: 'probes-ask-what-answers',
  title:
    'Probes ask programs for paths that they answer, over the protocol that they speak, and none is restarted for what another one lacks.',
  why: 'A path that is not there is 404: the pod never gets ready, or is restarted for ever; and a restart does not bring back the database that a liveness probe waits for.',
  fix: 'Take the path from the documentation of the image; let liveness ask for the program alone and readiness for what it needs.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      const image = String(spec.image)
        .replace(/@.*$/, '')
        .replace(/:[^/]*$/, '');
      const known = PROGRAMS.find((program) => program.image.test(image));
      for (const probe of PROBES) {
        const { path = '/', scheme, port } = record(record(spec[probe]).httpGet);
        if (port === undefined) continue;
        const at = `${field}/${probe}/httpGet`;
        const problem = (name: string, message: string) => ({
          object: workload.object,
          field: `${at}/${name}`,
          message: `${message} (container ${spec.name})`,
        });
        if (!String(path).startsWith('/')) yield problem('path', `is "${path}", which does not begin with a slash`);
        else if (known !== undefined && !known.paths.includes(path.replace(/(.)\/$/, '$1')))
          yield problem('path', `is "${path}", which the program does not answer: it has ${known.paths.join(', ')}`);
        else if (probe === 'livenessProbe' && known?.ofOthers.includes(path))
          yield problem('path', `is "${path}", which fails while something else does: the pod would be restarted for it`);
        if (scheme === 'HTTPS' && port === 'http') yield problem('scheme', 'is HTTPS, on a port whose name says that it speaks HTTP');
      }
    }
  },
};

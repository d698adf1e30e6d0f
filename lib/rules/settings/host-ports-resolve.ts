import { type Data, escaped, isRecord, record, records } from '../fields';
import { filesOf } from '../file-settings';
import { perText } from '../per-text';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

const HOST = /^(?:[a-z0-9-]+\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?\.?$/;
const ORDINAL = /^(.+)-(\d+)$/;

/** A line `redis_host: …`, and the line after it that gives the port. */
const LINES = /^([ \t-]*)(\w*?)host:[ \t]*["']?([\w.-]+)["']?[ \t]*\n\1(\2port):[ \t]*["']?(\d+)/gm;

export const hostPortsResolve: Rule = {
  id: 'host-ports-resolve',
  title: 'A host and a port that are set side by side belong to a Service, and a pod that is named exists.',
  why: 'Nothing checks a host or a port before the program uses it: it starts, and its first request fails.',
  fix: 'Take host and port from the endpoint that the construct of the server returns.',
  *check(target) {
    for (const { spec, field, workload } of target.containers())
      yield* inVariables(records(spec.env), workload.object, `${field}/env`, target);
    for (const workload of target.workloads) yield* inScripts(workload, target);
    for (const object of target.all('ConfigMap')) {
      for (const [file, text] of Object.entries(record(object.data))) {
        if (typeof text !== 'string' || !text.includes('host:')) continue;
        for (const [, , , host = '', name, port] of text.matchAll(LINES)) {
          const fault = faultOf(host, Number(port), target);
          if (fault !== undefined) yield { object, field: `/data/${escaped(file)}`, message: `has ${name} ${port}, ${fault}` };
        }
        for (const [host = ''] of text.matchAll(/[a-z0-9-]+(?:\.[a-z0-9-]+){2}\.svc\b/g)) {
          const fault = absent(host, target);
          if (fault !== undefined) yield { object, field: `/data/${escaped(file)}`, message: `names ${host}, ${fault}` };
        }
      }
    }
    for (const kind of ['KongPlugin.configuration.konghq.com', 'KongClusterPlugin.configuration.konghq.com']) {
      for (const object of target.all(kind)) yield* inRecord(object.config, object, '/config', target);
    }
  },
};

function* inVariables(env: readonly Data[], object: Problem['object'], field: string, target: TargetIndex): Iterable<Problem> {
  for (const [i, { name, value }] of env.entries()) {
    if (typeof value !== 'string' || !value.includes('.svc')) continue;
    const fault = absent(value, target);
    if (fault !== undefined) yield { object, field: `${field}/${i}/value`, message: `is ${value}, ${fault}` };
    if (!String(name).endsWith('HOST')) continue;
    const at = env.findIndex((each) => each.name === String(name).replace(/HOST$/, 'PORT'));
    const wrong = at < 0 ? undefined : faultOf(value, Number(env[at]?.value), target);
    if (wrong !== undefined) yield { object, field: `${field}/${at}/value`, message: `is ${env[at]?.value}, ${wrong}` };
  }
}

/** Hosts that a script takes from a variable, each with the port that it writes beside it. */
function* inScripts(workload: Workload, target: TargetIndex): Iterable<Problem> {
  for (const { object, field, text } of filesOf(workload, target)) {
    for (const [name, port] of field.endsWith('.sh') ? besides(text) : []) {
      const variables = workload.containers.flatMap(({ spec }) => records(spec.env));
      const host = variables.find((each) => each.name === name)?.value;
      const fault = typeof host === 'string' ? faultOf(host, port, target) : undefined;
      if (fault !== undefined) yield { object, field, message: `asks $${name} at port ${port}, ${fault}` };
    }
  }
}

/** `"$MASTER_HOST" 6379`, `${DATABASE_HOST}:5432`. */
const besides = perText((text): readonly (readonly [variable: string, port: number])[] =>
  [...text.matchAll(/\$\{?([A-Z_]*HOST)\}?"?(?::|\s+)(\d{2,5})\b/g)].map(([, name = '', port]) => [name, Number(port)] as const),
);

function* inRecord(value: Data, object: Problem['object'], field: string, target: TargetIndex): Iterable<Problem> {
  if (!isRecord(value)) return;
  if (typeof value.host === 'string') {
    const gone = absent(value.host, target);
    if (gone !== undefined) yield { object, field: `${field}/host`, message: `is ${value.host}, ${gone}` };
    const fault = value.port === undefined ? undefined : faultOf(value.host, Number(value.port), target);
    if (fault !== undefined) yield { object, field: `${field}/port`, message: `is ${value.port}, ${fault}` };
  }
  for (const key in value) yield* inRecord(value[key], object, `${field}/${escaped(key)}`, target);
}

/** Why a port is none of its host's. */
function faultOf(host: string, port: number, target: TargetIndex): string | undefined {
  const [, name, namespace] = HOST.exec(host) ?? [];
  const service = target.services.get(`${namespace}/${name}`);
  if (service === undefined || service.ports.some((each) => each.port === port)) return undefined;
  return `which Service/${name} in ${namespace} does not have${there(service.ports.map((each) => `${each.name ?? ''} ${each.port}`.trim()))}`;
}

/** Why a host names a pod of a StatefulSet that is never there. */
function absent(host: string, target: TargetIndex): string | undefined {
  const [pod = '', service, namespace = ''] = host.split('.');
  const [, name = '', ordinal] = ORDINAL.exec(pod) ?? [];
  const set = target.find('StatefulSet.apps', namespace, name);
  if (ordinal === undefined || set === undefined || set.spec?.serviceName !== service) return undefined;
  const replicas = Number(set.spec?.replicas ?? 1);
  return Number(ordinal) < replicas ? undefined : `a pod that StatefulSet/${name} with ${replicas} replicas never has`;
}

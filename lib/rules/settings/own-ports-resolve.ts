import type { Manifest } from '../../kubernetes/manifest';
import { podSecretsOf } from '../config-maps';
import { record, records } from '../fields';
import { filesOf } from '../file-settings';
import { perText } from '../per-text';
import { portsOf } from '../pods';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';

/** The pod itself in a URL, with its port. Without a scheme it may as well be where a program listens. */
const ITSELF = /\b[a-z][a-z0-9+]*:\/\/(?:[^\s/@]*@|\{\{[^}]*\}\}|[^\s/@{]*:\{\{[^}]*\}\}@)?(?:localhost|127\.0\.0\.1|\[::1\]):(\d{2,5})\b/g;

/** Clients that ask the pod itself unless they are told a host. */
const CLIENT = /^(?:\S*\/)?(?:redis-cli|pg_isready|mongosh)\b(?!.*\s(?:-h|--host)\b).*\s(?:-p|--port)[ =]?(\d{2,5})\b/;

/** Addresses for browsers and of callers, which are not called from here. */
const OF_OTHERS = /ORIGIN|PUBLIC|EXTERNAL|ROOT_URL|REDIRECT|CALLBACK|WEBUI_URL/;

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export const ownPortsResolve: Rule = {
  id: 'own-ports-resolve',
  title: 'A pod that calls itself calls a port on which one of its containers answers.',
  why: 'An exporter, a sidecar or a probe that asks beside the port of its server reports an outage that is none, or restarts the pod for ever; the server itself is in order.',
  fix: 'Take the port from the constant that the container of the server declares.',
  *check(target) {
    for (const workload of target.workloads) {
      const ports = portsOf(workload).map(({ containerPort }) => Number(containerPort));
      if (ports.length === 0) continue;
      for (const { object, field, port } of calls(workload, target)) {
        if (ports.includes(port)) continue;
        yield {
          object,
          field,
          message: `calls port ${port} of the pod itself, which none of its containers declares${there(ports.map(String))}`,
        };
      }
    }
  },
};

interface Call extends Omit<Problem, 'message'> {
  readonly port: number;
}

function* calls(workload: Workload, target: TargetIndex): Iterable<Call> {
  const { object, namespace } = workload;
  for (const container of workload.containers) yield* ofContainer(container, object);
  for (const { object: map, field, text } of filesOf(workload, target)) {
    for (const port of portsIn(text)) yield { object: map, field, port };
  }
  for (const { name, key } of podSecretsOf(workload)) {
    const by = target.secrets.get(`${namespace}/${name}`)?.by;
    for (const [made, text] of Object.entries(record(by?.spec?.target?.template?.data))) {
      if (by === undefined || (key !== undefined && key !== made)) continue;
      for (const port of portsIn(String(text))) yield { object: by, field: `/spec/target/template/data/${made}`, port };
    }
  }
}

function* ofContainer({ spec, field }: Container, object: Manifest): Iterable<Call> {
  for (const [i, { name, value }] of records(spec.env).entries()) {
    if (OF_OTHERS.test(String(name))) continue;
    for (const port of portsIn(String(value))) yield { object, field: `${field}/env/${i}/value`, port };
  }
  const commands = [
    ...['command', 'args'].map((list) => [list, spec[list]] as const),
    ...PROBES.map((probe) => [`${probe}/exec/command`, record(record(spec[probe]).exec).command] as const),
  ];
  for (const [at, command] of commands) {
    if (!Array.isArray(command)) continue;
    const line = command.join(' ');
    const [, asked] = CLIENT.exec(line) ?? [];
    for (const port of [...portsIn(line), ...(asked === undefined ? [] : [Number(asked)])]) yield { object, field: `${field}/${at}`, port };
  }
}

const portsIn = (text: string): readonly number[] =>
  text.includes('localhost:') || text.includes('127.0.0.1:') || text.includes('[::1]:') ? read(text) : [];

const read = perText((text): readonly number[] => [...text.matchAll(ITSELF)].map(([, port]) => Number(port)));

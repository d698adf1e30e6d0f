import type { Manifest } from '../../kubernetes/manifest';
import { type Data, records } from '../fields';
import type { Problem, Rule } from '../rule';
import { dnsLabel, type NameForm, nameFault, portName } from './names';

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

export const containersWellFormed: Rule = {
  id: 'containers-well-formed',
  title: 'Containers, ports, variables, volumes and mounts have valid names, each once, and ports are ports.',
  why: 'The API server refuses the pod; or, of two variables with one name, it keeps one and lets the other look as if it worked.',
  fix: 'Give each a name of its own.',
  *check(target) {
    for (const { object, pod, field, containers } of target.workloads) {
      const names = containers.map(({ spec, field: at }): Named => [spec.name, `${at}/name`]);
      yield* named(object, names, 'container', dnsLabel);
      yield* named(object, namesOf(records(pod.volumes), `${field}/volumes`), 'volume', dnsLabel);
      for (const { spec, field: at } of containers) yield* inContainer(object, spec, at);
    }
    for (const object of target.all('Service')) {
      const ports = records(object.spec?.ports);
      yield* numbers(object, ports, 'port', '/spec/ports');
      yield* numbers(object, ports, 'targetPort', '/spec/ports');
      yield* twice(object, numbersOf(ports, 'port', '/spec/ports'), 'port');
      // Only a single port may go without a name.
      if (ports.length > 1) yield* named(object, namesOf(ports, '/spec/ports'), 'port', dnsLabel);
    }
  },
};

/** A name or number, and where it stands. */
type Named = readonly [name: unknown, field: string];

const namesOf = (items: readonly Data[], field: string): readonly Named[] => items.map(({ name }, i) => [name, `${field}/${i}/name`]);

const numbersOf = (ports: readonly Data[], key: string, field: string): readonly Named[] =>
  ports.map((port, i) => [`${port[key]}/${port.protocol ?? 'TCP'}`, `${field}/${i}/${key}`]);

function* inContainer(object: Manifest, spec: Data, field: string): Iterable<Problem> {
  const ports = records(spec.ports);
  yield* numbers(object, ports, 'containerPort', `${field}/ports`);
  yield* twice(object, numbersOf(ports, 'containerPort', `${field}/ports`), 'port');
  const names = namesOf(ports, `${field}/ports`).filter(([name]) => name !== undefined);
  yield* named(object, names, 'port', portName);

  for (const [i, { name, value }] of records(spec.env).entries()) {
    if (typeof name !== 'string' || !ENV_NAME.test(name)) {
      yield { object, field: `${field}/env/${i}/name`, message: `is ${JSON.stringify(name) ?? 'missing'}, which is no name of a variable` };
    }
    if (value === undefined || typeof value === 'string') continue;
    yield { object, field: `${field}/env/${i}/value`, message: `is ${JSON.stringify(value)}, not a text` };
  }
  yield* twice(object, namesOf(records(spec.env), `${field}/env`), 'variable');

  const mounts = records(spec.volumeMounts).map(({ mountPath }, i): Named => [mountPath, `${field}/volumeMounts/${i}/mountPath`]);
  for (const [path, at] of mounts) {
    if (typeof path === 'string' && path.startsWith('/') && !path.includes(':')) continue;
    yield { object, field: at, message: `is ${JSON.stringify(path) ?? 'missing'}, not an absolute path` };
  }
  yield* twice(object, mounts, 'mount');
}

function* named(object: Manifest, names: readonly Named[], what: string, form: NameForm): Iterable<Problem> {
  for (const [name, field] of names) {
    const message = nameFault(name, form);
    if (message !== undefined) yield { object, field, message };
  }
  yield* twice(object, names, what);
}

function* twice(object: Manifest, names: readonly Named[], what: string): Iterable<Problem> {
  if (names.length < 2) return;
  const seen = new Set<unknown>();
  for (const [name, field] of names) {
    if (seen.has(name)) yield { object, field, message: `is "${String(name)}", as that of another ${what} there` };
    seen.add(name);
  }
}

function* numbers(object: Manifest, ports: readonly Data[], key: string, field: string): Iterable<Problem> {
  for (const [i, { [key]: port }] of ports.entries()) {
    // A target port may be a name, and may be left out.
    if (key === 'targetPort' && (typeof port === 'string' || port === undefined)) continue;
    if (Number.isInteger(port) && port >= 1 && port <= 65535) continue;
    yield { object, field: `${field}/${i}/${key}`, message: `is ${JSON.stringify(port) ?? 'missing'}, not a port from 1 to 65535` };
  }
}

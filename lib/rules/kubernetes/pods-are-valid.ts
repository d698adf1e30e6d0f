import { type Data, isRecord, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { Workload } from '../workload';

/** Fields of a pod that take one of a few words. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  restartPolicy: ['Always', 'Never', 'OnFailure'],
};
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([a-z0-9]|-(?!-))*(?<!-)$/;

export const podsAreValid: Rule = {
  id: 'pods-are-valid',
  title: 'Every pod is one that the API server takes: names of its own, texts where texts belong, known words, ports and paths.',
  why: 'The API server refuses the whole workload for one such field, and the sync of the app fails; of two variables or mounts with one name the last one wins.',
  fix: 'Correct the field that is named; write values of variables and arguments as texts, also when they look like numbers.',
  alone: true,
  *check(target) {
    for (const workload of target.workloads) {
      const { object, pod, field } = workload;
      const problem = (at: string, message: string): Problem => ({ object, field: `${field}${at}`, message });
      yield* ofPod(workload, problem);
      for (const { spec, field: at } of workload.containers) {
        const inside = at.slice(field.length);
        yield* ofContainer(spec, (deeper, message) => problem(`${inside}${deeper}`, `${message} (container ${spec.name})`));
      }
      yield* twice(records(pod.volumes), 'name', (i, name) => problem(`/volumes/${i}/name`, `is "${name}" a second time`));
      for (const [i, volume] of records(pod.volumes).entries()) {
        const sources = Object.keys(volume).filter((key) => key !== 'name');
        if (sources.length !== 1)
          yield problem(
            `/volumes/${i}`,
            sources.length === 0
              ? 'has no source, such as emptyDir or configMap'
              : `has ${sources.length} sources, not one: ${sources.join(', ')}`,
          );
      }
    }
  },
};

type Say = (at: string, message: string) => Problem;

function* ofPod({ object, pod, containers }: Workload, problem: Say): Iterable<Problem> {
  for (const [name, words] of Object.entries(WORDS)) {
    if (pod[name] !== undefined && !words.includes(pod[name]))
      yield problem(`/${name}`, `is "${pod[name]}", not one of ${words.join(', ')}`);
  }
  const ends = object.kind === 'Job' || object.kind === 'CronJob';
  const { restartPolicy = 'Always' } = pod;
  if (WORDS.restartPolicy?.includes(restartPolicy) === true && (restartPolicy === 'Always') === ends) {
    yield problem(
      '/restartPolicy',
      `is ${pod.restartPolicy === undefined ? 'missing, and so Always' : restartPolicy}: a ${object.kind} takes ${ends ? 'Never or OnFailure' : 'Always'} alone`,
    );
  }
  if (records(pod.containers).length === 0) yield problem('/containers', 'is empty: a pod needs a container');
  yield* twice(
    containers.map(({ spec }) => spec),
    'name',
    (_, name) => problem('/containers', `holds "${name}" a second time`),
  );
  for (const [i, { key, operator = 'Equal', value }] of records(pod.tolerations).entries()) {
    if (operator === 'Exists' && value !== undefined) yield problem(`/tolerations/${i}/value`, `is "${value}", beside the operator Exists`);
    if (operator === 'Equal' && key === undefined) yield problem(`/tolerations/${i}/key`, 'is missing, which only Exists may do without');
  }
  for (const [i, { labelSelector, maxSkew }] of records(pod.topologySpreadConstraints).entries()) {
    if (labelSelector === undefined)
      yield problem(`/topologySpreadConstraints/${i}/labelSelector`, 'is missing: the constraint would count no pods');
    if (!(Number.isInteger(maxSkew) && maxSkew > 0))
      yield problem(`/topologySpreadConstraints/${i}/maxSkew`, `is ${maxSkew}, not a whole number from 1`);
  }
}

function* ofContainer(spec: Data, problem: Say): Iterable<Problem> {
  const { imagePullPolicy: pull } = spec;
  if (pull !== undefined && !PULL_POLICIES.includes(pull))
    yield problem('/imagePullPolicy', `is "${pull}", not one of ${PULL_POLICIES.join(', ')}`);

  const env = records(spec.env);
  yield* twice(env, 'name', (i, name) => problem(`/env/${i}/name`, `is "${name}" a second time`));
  for (const [i, { name, value, valueFrom }] of env.entries()) {
    if (!VARIABLE.test(String(name))) yield problem(`/env/${i}/name`, `is "${name}", which is no valid name of a variable`);
    if (value !== undefined && typeof value !== 'string')
      yield problem(`/env/${i}/value`, `is ${JSON.stringify(value)}, not a text: put it into quotes`);
    if (value !== undefined && value !== '' && valueFrom !== undefined)
      yield problem(`/env/${i}/value`, 'stands beside valueFrom: keep one');
  }
  for (const list of ['command', 'args'] as const) {
    for (const [i, word] of (Array.isArray(spec[list]) ? spec[list] : []).entries()) {
      if (typeof word !== 'string') yield problem(`/${list}/${i}`, `is ${JSON.stringify(word)}, not a text: put it into quotes`);
    }
  }
  yield* ofPorts(records(spec.ports), problem);

  const mounts = records(spec.volumeMounts);
  yield* twice(mounts, 'mountPath', (i, path) => problem(`/volumeMounts/${i}/mountPath`, `is ${path} a second time`));
  for (const [i, { mountPath }] of mounts.entries()) {
    if (typeof mountPath !== 'string' || !mountPath.startsWith('/'))
      yield problem(`/volumeMounts/${i}/mountPath`, `is ${JSON.stringify(mountPath) ?? 'missing'}, not a path from the root`);
  }
}

function* ofPorts(ports: readonly Data[], problem: Say): Iterable<Problem> {
  const identified = ports.map((port) => ({ ...port, id: `${port.containerPort}/${port.protocol ?? 'TCP'}` }));
  yield* twice(identified, 'id', (i, id) => problem(`/ports/${i}/containerPort`, `is ${id} a second time`));
  yield* twice(ports, 'name', (i, name) => problem(`/ports/${i}/name`, `is "${name}" a second time`));
  for (const [i, { containerPort, name }] of ports.entries()) {
    if (!isPort(containerPort))
      yield problem(`/ports/${i}/containerPort`, `is ${JSON.stringify(containerPort)}, not a port from 1 to 65535`);
    if (name !== undefined && (String(name).length > 15 || !PORT_NAME.test(String(name)))) {
      yield problem(`/ports/${i}/name`, `is "${name}", which is no valid name of a port: at most 15 lower-case letters, digits and dashes`);
    }
  }
}

export const isPort = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;

/** Items whose key another one has had before. */
export function* twice<P>(items: readonly Data[], key: string, problem: (i: number, value: string) => P): Iterable<P> {
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    const value = isRecord(item) ? record(item)[key] : undefined;
    if (value === undefined) continue;
    if (seen.has(String(value))) yield problem(i, String(value));
    seen.add(String(value));
  }
}

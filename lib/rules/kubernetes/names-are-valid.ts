import { escaped, record } from '../fields';
import { perText } from '../per-text';
import type { Problem, Rule } from '../rule';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/;

// The same few labels stand on every object.
const isKey = perText((key) => KEY.test(key) && (key.split('/').at(-1) ?? '').length <= 63);
const isValue = perText((value) => value.length <= 63 && VALUE.test(value));

/** Longest names. Controllers append to some: a Job five characters and a dash, a StatefulSet the hash of a revision. */
const LONGEST: Readonly<Record<string, number>> = { CronJob: 52, Job: 63, Namespace: 63, Service: 63, StatefulSet: 52, DaemonSet: 52 };
const SUBDOMAIN_LENGTH = 253;

/** Kinds whose names are DNS labels, or become parts of one. */
const LABELS: ReadonlySet<string> = new Set(Object.keys(LONGEST));

/** Names with colons, such as `system:auth-delegator`. */
const PATHS: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']);

export const namesAreValid: Rule = {
  id: 'names-are-valid',
  title: 'Every name, label and annotation is one that the API server takes, also after its suffixes.',
  why: 'The API server refuses whatever is longer or of other characters; a name that controllers append to is refused later, when nobody looks.',
  fix: 'Use lower case, digits and dashes, at most 63 of them for what becomes a label, and texts as values of labels and annotations.',
  *check(target) {
    for (const object of target.objects) {
      const { name, labels, annotations } = object.metadata;
      const message = ofName(object.kind, name);
      if (message !== undefined) yield { object, field: '/metadata/name', message };
      yield* ofLabels(object, '/metadata', labels, annotations);
    }
    for (const { object, labels, annotations, field } of target.workloads) {
      yield* ofLabels(object, field.replace(/spec$/, 'metadata'), labels, annotations);
    }
  },
};

function ofName(kind: string, name: string): string | undefined {
  const longest = LONGEST[kind] ?? SUBDOMAIN_LENGTH;
  if (name.length > longest) return `is "${name}", ${name.length} characters of at most ${longest} for a ${kind}`;
  if (PATHS.has(kind)) return undefined;
  if (!(LABELS.has(kind) ? LABEL : SUBDOMAIN).test(name)) return `is "${name}", which is no DNS name of lower case, digits and dashes`;
  return kind === 'Service' && /^\d/.test(name) ? `is "${name}", which begins with a digit` : undefined;
}

/** Labels repeat from object to object, and from region to region: each is judged once. */
const valid = { labels: new Set<string>(), annotations: new Set<string>() };
const MOST_KEPT = 10_000;

function* ofLabels(object: Problem['object'], at: string, labels: unknown, annotations: unknown): Iterable<Problem> {
  for (const list of ['labels', 'annotations'] as const) {
    const values = record(list === 'labels' ? labels : annotations);
    const known = valid[list];
    for (const key in values) {
      const value = values[key];
      const id = list === 'labels' ? `${key}=${value}` : key;
      if (typeof value === 'string' && known.has(id)) continue;
      const messages = faultsOf(key, value, list);
      for (const message of messages) yield { object, field: `${at}/${list}/${escaped(key)}`, message };
      if (known.size === MOST_KEPT) known.clear();
      if (messages.length === 0) known.add(id);
    }
  }
}

function faultsOf(key: string, value: unknown, list: 'labels' | 'annotations'): readonly string[] {
  const messages: string[] = [];
  if (!KEY.test(key) || (key.split('/').at(-1) ?? '').length > 63) messages.push('is no key: [<domain>/]<name of at most 63 characters>');
  if (typeof value !== 'string') messages.push(`is ${JSON.stringify(value)}, not a text: put it into quotes`);
  else if (list === 'labels' && (value.length > 63 || !VALUE.test(value))) {
    messages.push(`is "${value}", which is no value of a label: letters, digits, ".", "_", "-", at most 63`);
  }
  return messages;
}

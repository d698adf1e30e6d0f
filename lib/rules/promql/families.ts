import type { Metric } from './catalogue';
import { EXPORTERS } from './exporters';
import { KUBE_STATE } from './kube-state';

/** Metrics of one exporter, or of one kind of object, that begin alike. */
export interface Family {
  readonly begins: string;

  /** Labels that all of them have; `*` stands for labels that nobody lists. A label may have few values, `label=a|b`. */
  readonly labels: string;

  /**
   * What their names go on with, and further labels: `name`, or `name:label,label`. A name ends in `!` where it is a counter
   * without saying so, in `?` where it is none though it says so, and in `~` where it is a histogram.
   */
  readonly names: string;

  /** Whether there are others; only a name that is almost one of these is misspelt then. */
  readonly open?: true;
}

/** Labels of which nobody knows the names. */
export const ANY_LABEL = '*';

/** Most letters in which a misspelt name differs. */
const FEW = 2;

const FAMILIES = [...KUBE_STATE, ...EXPORTERS].sort((one, other) => other.begins.length - one.begins.length);

let known: ReadonlyMap<string, Metric> | undefined;
const answers = new Map<string, Metric | 'others' | 'misspelt' | undefined>();

/** What is known of a metric of an exporter; undefined where no exporter is known by such a beginning. */
export function exportedMetric(name: string): Metric | 'others' | 'misspelt' | undefined {
  if (answers.has(name)) return answers.get(name);
  const answer = look(name);
  answers.set(name, answer);
  return answer;
}

/** Names of what exporters are known to export. */
export const exportedNames = (): readonly string[] => [...all().keys()];

function look(name: string): Metric | 'others' | 'misspelt' | undefined {
  const metric = all().get(name);
  const family = metric === undefined ? FAMILIES.find(({ begins }) => name.startsWith(begins)) : undefined;
  if (family === undefined) return metric;
  return family.open !== true || exportedNames().some((each) => areAlike(each, name)) ? 'misspelt' : 'others';
}

function all(): ReadonlyMap<string, Metric> {
  known ??= new Map(FAMILIES.flatMap(metricsOf));
  return known;
}

function metricsOf({ begins, labels, names }: Family): readonly (readonly [string, Metric])[] {
  return names.split(' ').flatMap((written): readonly (readonly [string, Metric])[] => {
    const [, rest = '', mark = '', further = ''] = /^(\w+)([!?~]?)(?::(.*))?$/.exec(written) ?? [];
    const listed = [labels, further].flatMap((list) => (list === '' ? [] : list.split(',')));
    const own = listed.map((each) => each.replace(/=.*/, ''));
    const values = Object.fromEntries(
      listed.flatMap((each) => (each.includes('=') ? [[each.replace(/=.*/, ''), each.split('=')[1]?.split('|') ?? []]] : [])),
    );
    const name = `${begins}${rest}`;
    if (mark === '~') {
      const series = (suffix: string, type: Metric['type'], bounds: readonly string[] = []) =>
        [`${name}_${suffix}`, { type, labels: [...own, ...bounds], values }] as const;
      return [series('bucket', 'bucket', ['le']), series('sum', 'part'), series('count', 'part')];
    }
    const counts = mark === '!' || (mark === '' && rest.endsWith('_total'));
    return [[name, { type: counts ? 'counter' : 'gauge', labels: own, values }]];
  });
}

/** Whether a name is another one but for a few letters, or for the order of its words. */
function areAlike(one: string, other: string): boolean {
  if (one.length === other.length && wordsOf(one) === wordsOf(other)) return true;
  if (Math.abs(one.length - other.length) > FEW) return false;
  let before = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row) > FEW) return false;
    before = row;
  }
  return (before[other.length] ?? FEW + 1) <= FEW;
}

const wordsOf = (name: string): string => name.split('_').sort().join('_');

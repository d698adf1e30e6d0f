import { type Data, record, records } from './fields';

type Labels = Readonly<Record<string, string>>;

/** Whether a label selector matches labels, as the API server decides it. An empty selector matches everything. */
export function selects(selector: Data, labels: Labels): boolean {
  return selectsLabels(record(selector?.matchLabels), labels) && records(selector?.matchExpressions).every((rule) => holds(rule, labels));
}

/** Whether every label of a plain selector, as a Service has it, stands among labels. */
export function selectsLabels(selector: Labels, labels: Labels): boolean {
  for (const key in selector) {
    if (labels[key] !== selector[key]) return false;
  }
  return true;
}

/** A selector as messages show it. */
export const shown = (selector: Data): string => {
  const parts = Object.entries(record(selector?.matchLabels)).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values } of records(selector?.matchExpressions)) {
    parts.push([key, operator, Array.isArray(values) ? `(${values.join(', ')})` : ''].join(' ').trim());
  }
  return parts.join(',');
};

/** What a selector might have meant: labels of its keys, as messages show them. */
export function comparable(selector: Data, all: readonly { readonly labels: Labels }[]): readonly string[] {
  const keys = Object.keys(record(selector?.matchLabels));
  return all.flatMap(({ labels }) => {
    const matchLabels = Object.fromEntries(keys.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])));
    return Object.keys(matchLabels).length === 0 ? [] : [shown({ matchLabels })];
  });
}

function holds({ key, operator, values }: Data, labels: Labels): boolean {
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const listed = Array.isArray(values) && value !== undefined && values.includes(value);
  return operator === 'NotIn' ? !listed : listed;
}

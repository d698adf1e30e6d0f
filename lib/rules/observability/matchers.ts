import { type Data, records } from '../fields';
import { there } from '../references/there';
import { SEVERITIES } from './alerts-call-for-action';

/** What an alert's label must be, as Alertmanager takes it from an AlertmanagerConfig. */
export interface Matcher {
  readonly name: string;
  readonly value: string;

  /** Where the value stands. */
  readonly field: string;
  readonly matches: (value: string) => boolean;
}

export const matchersOf = (written: Data, field: string): readonly Matcher[] =>
  records(written).map(({ name, value = '', matchType, regex }, i) => {
    const type = matchType || (regex === true ? '=~' : '=');
    const equals = String(type).endsWith('~') ? matching(String(value)) : (each: string) => each === value;
    return {
      ...{ name: String(name), value: String(value), field: `${field}/${i}/value` },
      matches: (each) => equals(each) !== String(type).startsWith('!'),
    };
  });

/** Whether an alert with these labels may be meant: of labels that an alert takes from its series nobody knows the value. */
export const accepts = (matchers: readonly Matcher[], labels: Readonly<Record<string, unknown>>): boolean =>
  matchers.every(({ name, matches }) => typeof labels[name] !== 'string' || matches(labels[name]));

/** Matchers of a severity that no alert has. */
export function* unknownSeverity(matchers: readonly Matcher[]): Iterable<readonly [field: string, message: string]> {
  for (const { name, value, field, matches } of matchers) {
    if (name === 'severity' && ![...SEVERITIES].some(matches))
      yield [field, `is "${value}", a severity that no alert has${there(SEVERITIES, value)}`];
  }
}

/** An expression stands for the whole of a value. One that is none matches nothing. */
function matching(expression: string): (value: string) => boolean {
  try {
    const shape = new RegExp(`^(?:${expression})$`);
    return (value) => shape.test(value);
  } catch {
    return () => false;
  }
}

import { type Data, escaped } from './fields';

/** A text somewhere in an object. */
export interface Text {
  readonly value: string;

  /** What the text is called: its field, or the variable or argument that it is the value of. */
  readonly title: string;
}

/**
 * Visits every text and number of an object, whatever its kind.
 *
 * @param visit returns what it has found, if anything
 * @returns what was found, each with the JSON pointer to its place
 */
export function visitTexts(object: Data, visit: (text: Text) => string | undefined): readonly { field: string; found: string }[] {
  const results: { field: string; found: string }[] = [];
  const trail: (string | number)[] = [];

  const step = (value: Data, title: string): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      const found = visit({ value: String(value), title });
      if (found !== undefined) results.push({ field: `/${trail.map((each) => escaped(String(each))).join('/')}`, found });
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        // `--password value` as two arguments
        const before = value[i - 1];
        trail.push(i);
        step(value[i], typeof before === 'string' && before.startsWith('-') ? before : title);
        trail.pop();
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const field in value) {
        trail.push(field);
        step(value[field], field === 'value' && typeof value.name === 'string' ? value.name : field);
        trail.pop();
      }
    }
  };
  step(object, '');
  return results;
}

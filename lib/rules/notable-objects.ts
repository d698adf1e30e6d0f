import type { Manifest } from '../kubernetes/manifest';
import type { Data } from './fields';
import { credentialIn, isHarmless, isLiteral, isSensitive } from './security/secret-shapes';

/** Objects with texts that rules read closely. Most have none, and one walk over all texts tells. */
export interface NotableObjects {
  /** Those that name a host inside the cluster. */
  readonly hosts: readonly Manifest[];

  /** Those of them that also name a database's URL. */
  readonly databases: readonly Manifest[];

  /** Those that hold what looks like a credential. */
  readonly credentials: readonly Manifest[];
}

/** Texts with neither, whatever they are called: they repeat from object to object, and from region to region. */
const plain = new Set<string>();
const MOST_KEPT = 50_000;

/** Finds the objects that deserve a closer look. */
export function notableObjects(objects: readonly Manifest[]): NotableObjects {
  const hosts: Manifest[] = [];
  const databases: Manifest[] = [];
  const credentials: Manifest[] = [];
  let names = false;
  let stores = false;
  let holds = false;
  // The order and the titles are those of visitTexts, which then tells the fields.
  const step = (value: Data, title: string): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      if (isSensitive(title)) holds ||= isLiteral(title, String(value));
      if (typeof value === 'number' || plain.has(value)) return;
      const host = value.includes('.svc');
      const credential = credentialIn(value, title) !== undefined;
      names ||= host;
      stores ||= host && value.includes('postgres');
      holds ||= credential;
      if (host || !isHarmless(value)) return;
      if (plain.size === MOST_KEPT) plain.clear();
      plain.add(value);
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const before = value[i - 1];
        step(value[i], typeof before === 'string' && before.startsWith('-') ? before : title);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const field in value) step(value[field], field === 'value' && typeof value.name === 'string' ? value.name : field);
    }
  };
  for (const object of objects) {
    names = false;
    stores = false;
    holds = false;
    step(object, '');
    if (names) hosts.push(object);
    if (stores) databases.push(object);
    if (holds) credentials.push(object);
  }
  return { hosts, databases, credentials };
}

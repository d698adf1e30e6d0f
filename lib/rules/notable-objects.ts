import type { Manifest } from '../kubernetes/manifest';
import type { Data } from './fields';
import { perObject } from './per-object';
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
  return {
    hosts: objects.filter((object) => notesOf(object).host),
    databases: objects.filter((object) => notesOf(object).database),
    credentials: objects.filter((object) => notesOf(object).credential),
  };
}

/** What is notable about the texts of one object. */
const notesOf = perObject((object) => {
  const notes = { host: false, database: false, credential: false };
  // The order and the titles are those of visitTexts, which then tells the fields.
  const step = (value: Data, title: string): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      if (isSensitive(title)) notes.credential ||= isLiteral(title, String(value));
      if (typeof value === 'number' || plain.has(value)) return;
      const host = value.includes('.svc');
      const credential = credentialIn(value, title) !== undefined;
      notes.host ||= host;
      notes.database ||= host && (value.includes('postgres') || value.includes('mongodb://'));
      notes.credential ||= credential;
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
  step(object, '');
  return notes;
});

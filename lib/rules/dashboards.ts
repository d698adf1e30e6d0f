import type { Data } from './fields';
import { record } from './fields';
import { perObject } from './per-object';

/** A dashboard in a ConfigMap. */
export interface Dashboard {
  /** Where it stands. */
  readonly field: string;
  readonly content: Data;
}

/** Every dashboard of a ConfigMap. */
export const dashboardsIn = perObject((object): readonly Dashboard[] =>
  Object.entries(record(object.data)).flatMap(([file, text]) =>
    file.endsWith('.json') && String(text).includes('"schemaVersion"')
      ? [{ field: `/data/${file}`, content: JSON.parse(String(text)) as Data }]
      : [],
  ),
);

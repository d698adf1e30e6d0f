import type { Manifest } from '../kubernetes/manifest';
import { keyOf, type Tombstone } from './tombstone';

/** File of the record. It lies beside the targets, where no Application looks. */
export const RECORD = 'dist/ConfigMap.tombstones.yaml';

/**
 * The tombstones in effect, committed together with what they took away. What stands in the record has happened, so that a second
 * synth does not miss it; and it depends on nothing but the tombstones.
 */
export function recordOf(tombstones: readonly Tombstone[]): Manifest {
  const lines = tombstones.map((tombstone) => `${keyOf(tombstone)}\n`).sort();
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tombstones' }, data: { done: lines.join('') } };
}

/** The keys of the tombstones that a record holds. */
export function recorded(record: Manifest | undefined): ReadonlySet<string> {
  const done: unknown = record?.['data']?.done;
  return new Set(typeof done === 'string' ? done.split('\n').filter((line) => line !== '') : []);
}

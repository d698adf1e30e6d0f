import type { Tombstone } from '../blast-radius/tombstone';

/**
 * What is meant to go: apps, targets, objects with data, immutable values, newer versions. Synth refuses every such loss that does not
 * stand here, and prints the line to copy. A tombstone stays until its last day at most; remove it once its change is everywhere.
 */
export const tombstones: readonly Tombstone[] = [];

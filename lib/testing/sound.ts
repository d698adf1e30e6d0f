import type { Target } from '../environments/environment';
import { requireSound, TargetProblems } from '../target-checks/require-sound';
import { sample } from './sample-target';

/** The messages about targets; none if they are sound. */
export function problemsOf(...checked: readonly unknown[]): readonly string[] {
  try {
    requireSound(checked as Target[]);
    return [];
  } catch (error) {
    if (!(error instanceof TargetProblems)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

/** A target with one value exchanged, by its path; `undefined` takes it out. */
export function changed(path: string, value: unknown, target: Target = sample): Target {
  const copy = structuredClone(target) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<Record<string, unknown>>((map, key) => map[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy as unknown as Target;
}

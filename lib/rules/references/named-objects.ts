import { follow } from '../fields';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

/** A field that holds nothing but another object's name. */
export interface NameField {
  /** Kind of the objects that have the field. */
  readonly of: string;

  /** Where the name stands. */
  readonly path: readonly string[];

  /** Kind of the object that is named. */
  readonly to: string;

  /** Whether the object is looked for in the namespace of the one that names it. */
  readonly scope: 'namespace' | 'cluster';

  /** Names that every cluster has. */
  readonly except?: ReadonlySet<string>;
}

/** Finds names that lead nowhere. */
export function* dangling(target: TargetIndex, fields: readonly NameField[]): Iterable<Problem> {
  for (const { of, path, to, scope, except } of fields) {
    for (const object of target.all(of)) {
      const namespace = scope === 'cluster' ? '' : (object.metadata.namespace ?? '');
      for (const { field, value } of follow(object, path)) {
        if (except?.has(value) || target.exists(to, namespace, value)) continue;
        yield { object, field, message: missing(target, to, namespace, value) };
      }
    }
  }
}

/** The message about a name that leads nowhere. */
export function missing(target: TargetIndex, kind: string, namespace: string, name: unknown): string {
  const others = target.all(kind).filter(({ metadata }) => (metadata.namespace ?? '') === namespace);
  const place = namespace === '' ? '' : ` in ${namespace}`;
  return `names ${kind.split('.')[0]} "${String(name)}", which does not exist${place}${there(
    others.map(({ metadata }) => metadata.name),
    name,
  )}`;
}

import type { Manifest } from '../../kubernetes/manifest';
import type { RuledTarget } from '../target-index';
import { sampleObjects } from './sample-objects';
import { sampleRegion } from './sample-region';

/** An object of the sample whose fields a test may change. */
// biome-ignore lint/suspicious/noExplicitAny: tests break manifests on purpose
export type Draft = any;

/** What a test may do to the sample before the rules read it. */
export interface Drafts {
  /** An object by kind and name, `Deployment/web`. */
  get(id: string): Draft;

  /** Adds objects to the sample. */
  add(...objects: readonly Draft[]): void;

  /** Takes objects away. */
  remove(...ids: readonly string[]): void;

  /** The place that the target is for. */
  readonly region: Draft;
}

/** What the foundation says of the namespaces of other apps. */
const LIMITS = ['ResourceQuota', 'LimitRange'];

/** A small target that keeps every rule, after a change that breaks some. */
export function sampleTarget(change: (drafts: Drafts) => void = () => {}): RuledTarget {
  const objects: Draft[] = sampleObjects();
  const at = (id: string): number => {
    const index = objects.findIndex(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
    if (index < 0) throw new Error(`Cannot find "${id}" as the sample holds no such object: add it first`);
    return index;
  };
  const region: Draft = structuredClone(sampleRegion);
  change({
    region,
    get: (id) => objects[at(id)],
    add: (...added) => void objects.push(...added),
    remove: (...ids) => {
      for (const id of ids) objects.splice(at(id), 1);
    },
  });

  const apps = new Map<string, Manifest[]>();
  for (const object of objects) {
    const app = LIMITS.includes(object.kind) ? 'foundation' : (object.metadata.namespace ?? 'foundation');
    apps.set(app, [...(apps.get(app) ?? []), object]);
  }
  return { environment: 'test', region: 'nowhere', facts: { region }, apps: [...apps].map(([name, manifests]) => ({ name, manifests })) };
}

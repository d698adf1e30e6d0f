import type { Manifest } from './manifest';

const WAVE = 'argocd.argoproj.io/sync-wave';

/** Order within one app, as Argo CD's sync waves: a wave begins when everything of the one before is healthy. */
const wave = (number: number): Readonly<Record<string, string>> => ({ [WAVE]: `${number}` });

/**
 * Puts the objects of an app that holds a Canary into one wave. With more than one, a sync would go on until the whole
 * analysis is over, and Argo CD would apply no newer revision meanwhile.
 */
export function inOneWave(manifests: readonly Manifest[]): readonly Manifest[] {
  if (!manifests.some(({ kind }) => kind === 'Canary')) return manifests;
  return manifests.map((manifest) => {
    const { annotations = {}, ...metadata } = manifest.metadata;
    const { [WAVE]: _, ...others } = annotations;
    return { ...manifest, metadata: Object.keys(others).length === 0 ? metadata : { annotations: others, ...metadata } };
  });
}

/** Namespaces, priority classes, storage classes: what everything else lives in. */
export const ground = wave(-5);

/** Where secrets and certificates come from. */
export const stores = wave(-4);

/** Secrets, service accounts, configuration, network policies: what a pod finds when it starts. */
export const beforeWorkloads = wave(-3);

/** Claims, databases, caches. */
export const data = wave(-2);

/** Jobs that prepare data for a new version. */
export const migrations = wave(-1);

/** Routes: traffic comes last. */
export const routes = wave(1);

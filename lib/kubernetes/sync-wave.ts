/**
 * Order within one app, as Argo CD's sync waves: a wave begins when everything of the one before is healthy.
 * Apps that hold a Canary use none: a second wave would wait for the whole analysis and block every newer revision.
 */
const wave = (number: number): Readonly<Record<string, string>> => ({ 'argocd.argoproj.io/sync-wave': `${number}` });

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

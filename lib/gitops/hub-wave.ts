const wave = (number: number): Readonly<Record<string, string>> => ({ 'argocd.argoproj.io/sync-wave': `${number}` });

/** Settings of Argo CD, before what they judge. */
export const settings = wave(-3);

/** Projects, before the Applications that belong to them. */
export const projects = wave(-2);

/**
 * Addons, created before the apps that need their kinds. Argo CD takes an Application for healthy as soon as it exists, and
 * that is wanted: one cluster that cannot be reached must not hold back the deliveries to all others.
 */
export const addons = wave(-1);

/** Apps. */
export const apps = wave(0);

/** What watches Argo CD, last: a hub without the kinds of the Prometheus Operator delivers everything else. */
export const monitoring = wave(1);

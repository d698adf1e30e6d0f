import type { DeliveredApp } from './delivered';

/**
 * What an AppProject and an ApplicationSet hold together: one set of rights, one way of syncing.
 *
 * - `foundation`: apps that own something outside of every namespace
 * - `inference`: apps that hold a Canary, and so sync in one wave
 * - `apps`: everything else, which can do nothing outside of its namespaces
 */
export type DeliveryClass = 'foundation' | 'apps' | 'inference';

/** Every class, in the order in which a new cluster needs them. */
export const deliveryClasses: readonly DeliveryClass[] = ['foundation', 'apps', 'inference'];

/**
 * The class of an app.
 *
 * @throws {RangeError} if an app holds a Canary and something cluster-scoped: no project grants both
 */
export function classOf({ name, kinds, clusterScoped }: DeliveredApp): DeliveryClass {
  const holdsCanary = kinds.includes('flagger.app/Canary');
  if (holdsCanary && clusterScoped[0] !== undefined) {
    throw new RangeError(
      `Cannot deliver "${name}" as an app that holds a Canary stays in its namespaces: move ${clusterScoped[0].kind}/${clusterScoped[0].name} to another app`,
    );
  }
  if (holdsCanary) return 'inference';
  return clusterScoped.length > 0 ? 'foundation' : 'apps';
}

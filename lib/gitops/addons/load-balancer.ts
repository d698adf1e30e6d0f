import type { Platform } from '../../regions/platform';

/** Seconds in which what is before a proxy forgets it when it is about to stop, unless the platform needs more. */
const FORGET = 15;

/** For how long a proxy that is about to stop may still be sent connections, seconds. */
export function forgetSeconds({ loadBalancer }: Platform, published: boolean): number {
  return (published && loadBalancer.kind === 'cloud' ? loadBalancer.forgetSeconds : undefined) ?? FORGET;
}

import type { CloudLoadBalancer, Platform } from '../../regions/platform';

/** Seconds in which what is before a proxy forgets it when it is about to stop, unless the platform needs more. */
const FORGET = 15;

/** For how long a proxy that is about to stop may still be sent connections, seconds. */
export function forgetSeconds({ loadBalancer }: Platform, published: boolean): number {
  return (published && loadBalancer.kind === 'cloud' ? loadBalancer.forgetSeconds : undefined) ?? FORGET;
}

/** Seconds that a load balancer keeps a silent connection beyond the longest request. */
const IDLE_MARGIN = 30;

/** What a cloud is told about the load balancer of a gateway, which waits longer than any request takes. */
export function balancerAnnotations(
  { annotations, idleTimeout }: CloudLoadBalancer,
  longestRequestSeconds: number,
): Readonly<Record<string, string>> {
  if (idleTimeout === undefined) return annotations;
  const { annotation, before, unit, least } = idleTimeout;
  const seconds = Math.max(least, longestRequestSeconds + IDLE_MARGIN);
  return { ...annotations, [annotation]: `${before}${unit === 'minutes' ? Math.ceil(seconds / 60) : seconds}` };
}

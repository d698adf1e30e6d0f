/** How many replicas a stateless service runs. */
export type Scale =
  | { readonly kind: 'fixed'; readonly replicas: number }
  | { readonly kind: 'auto'; readonly min: number; readonly max: number };

/** Replicas that are there at the quietest hour. */
export const leastReplicas = (scale: Scale): number => (scale.kind === 'fixed' ? scale.replicas : scale.min);

/** Replicas at the busiest hour; a rolling update adds one more for a while. */
export const mostReplicas = (scale: Scale): number => (scale.kind === 'fixed' ? scale.replicas : scale.max);

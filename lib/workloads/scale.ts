/** How many replicas a stateless service runs. */
export type Scale =
  | { readonly kind: 'fixed'; readonly replicas: number }
  | { readonly kind: 'auto'; readonly min: number; readonly max: number };

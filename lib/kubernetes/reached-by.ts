/** Annotation of a gateway that nobody outside of its cluster may reach. */
export const REACHED_BY_CLUSTER = { 'slipway.dev/reached-by': 'cluster' } as const;

/** Whether a gateway's annotations keep it inside of its cluster. */
export const staysInside = (annotations: Readonly<Record<string, unknown>> = {}): boolean =>
  Object.entries(REACHED_BY_CLUSTER).every(([key, value]) => annotations[key] === value);

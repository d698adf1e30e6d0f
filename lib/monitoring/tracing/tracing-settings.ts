/** What an environment decides about traces. */
export interface TracingSettings {
  /** Share of the traces that are kept, in per cent. Failed and slow ones are kept in any case. */
  readonly keptPercent: number;

  /** Hours that traces are kept. */
  readonly retentionHours: number;

  readonly storage: TraceStorage;
}

/** Where Jaeger keeps traces. */
export type TraceStorage =
  /** A volume of its own: for what few people look at. */
  | { readonly kind: 'volume'; readonly sizeGiB: number }
  /** Elasticsearch or OpenSearch that somebody runs beside the cluster; the store holds user and password. It also ends what is old. */
  | {
      readonly kind: 'elasticsearch';

      /** `https://<host>`, on port 443. */
      readonly url: string;

      /** Addresses that the host has: `10.0.0.0/16`. */
      readonly network: string;
    };

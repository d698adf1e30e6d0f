import type { Elasticsearch } from '../../observability/elasticsearch';

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
  /** Elasticsearch, or OpenSearch; the store holds user and password. */
  | Elasticsearch;

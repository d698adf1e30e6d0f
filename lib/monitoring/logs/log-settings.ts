import type { Elasticsearch } from '../../observability/elasticsearch';

/** What an environment decides about logs: who keeps them. */
export type LogSettings =
  | LokiSettings
  /** Elasticsearch, 8.16 or newer. Its users are two: one that collectors write as, and one that Grafana reads as; the store holds both. */
  | Elasticsearch;

/** Loki, in the cluster. */
export interface LokiSettings {
  readonly kind: 'loki';

  /** Days that logs are kept. */
  readonly retentionDays: number;

  /** Volume for them, GiB. */
  readonly sizeGiB: number;
}

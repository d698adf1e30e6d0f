import type { Alert } from '../../observability/alert-rules';

/** What collectors tell of Elasticsearch, where it keeps logs. That they cannot hand them over at all is the same alert as with Loki. */
export const logStorage: readonly Alert[] = [
  {
    name: 'LogsRefused',
    // The name has dots or underscores, and one of several endings, as the collector's version writes it.
    expr: 'sum by (pod) (rate({__name__=~"otelcol.elasticsearch.docs.processed.*", outcome!="success"}[10m])) > 0',
    ...{ for: '15m', severity: 'ticket' },
    summary: 'Elasticsearch does not keep lines that {{ $labels.pod }} hands over',
    description:
      'It answers, and refuses single lines: nobody will find them there. Until their files are rotated kubectl logs still shows them.',
  },
];

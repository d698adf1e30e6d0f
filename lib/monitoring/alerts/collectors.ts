import type { Alert } from '../../observability/alert-rules';

/** What collectors of traces and logs tell about themselves. */
export const collectors: readonly Alert[] = [
  {
    name: 'TracesLost',
    expr: [
      'sum by (pod) (rate(otelcol_exporter_send_failed_spans_total[10m])) > 0',
      'or sum by (pod) (rate(otelcol_receiver_refused_spans_total[10m])) > 0',
    ].join('\n'),
    ...{ for: '15m', severity: 'ticket' },
    summary: '{{ $labels.pod }} loses spans',
    description: 'Requests are answered as before; what is missing is the trace of what they did.',
  },
  {
    name: 'LogsLost',
    expr: 'sum by (pod) (rate(otelcol_exporter_send_failed_log_records_total[10m])) > 0',
    ...{ for: '15m', severity: 'ticket' },
    summary: '{{ $labels.pod }} cannot hand over the logs of its node',
    description: 'What containers write is lost when their files are rotated. Until then kubectl logs still shows it.',
  },
];

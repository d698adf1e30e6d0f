import type { Alert } from '../../observability/alert-rules';

/** What the collector of traces tells about itself. */
export const traces: readonly Alert[] = [
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
];

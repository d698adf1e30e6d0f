import type { Alert } from '../../observability/alert-rules';

const WHERE = '{{ $labels.namespace }}/{{ $labels.pod }}';

/** Share of the connections that clients may use, at which somebody should look; and seconds that a follower may be behind. */
export const CONNECTIONS_LIMIT = 0.85;
export const LAG_SECONDS = 60;

/** What the exporter in each instance of PostgreSQL tells. */
export const postgresql: readonly Alert[] = [
  {
    name: 'PostgresDown',
    expr: [
      'min by (namespace, pod) (cnpg_collector_up) == 0',
      'or (count by (namespace, pod) (last_over_time(cnpg_collector_up[15m])) unless count by (namespace, pod) (cnpg_collector_up))',
    ].join('\n'),
    ...{ for: '5m', severity: 'page' },
    summary: `PostgreSQL ${WHERE} does not answer`,
    description: 'Where it is the only instance, its users can neither sign in nor work; of three, one of the others has taken over.',
  },
  {
    name: 'PostgresReplicationLags',
    expr: `max by (namespace, pod) (cnpg_pg_replication_lag) > ${LAG_SECONDS}`,
    ...{ for: '10m', severity: 'ticket' },
    summary: `PostgreSQL ${WHERE} is more than ${LAG_SECONDS} s behind its primary`,
    description:
      'If the primary is lost now, what was written in that time may be lost with it, or the follower takes as long to take over.',
  },
  {
    name: 'PostgresConnectionsFull',
    expr: [
      'sum by (namespace, pod) (cnpg_backends_total)',
      `/ (max by (namespace, pod) (cnpg_pg_settings_setting{name="max_connections"}) > 0) > ${CONNECTIONS_LIMIT}`,
    ].join('\n'),
    ...{ for: '10m', severity: 'ticket' },
    summary: `PostgreSQL ${WHERE} has nearly as many connections as it allows`,
    description: 'New pods of its consumers will be refused. The sum was planned; somebody opens more than was said, or does not close.',
  },
  {
    name: 'PostgresArchivingFails',
    expr: 'sum by (namespace, pod) (increase(cnpg_pg_stat_archiver_failed_count[15m])) > 0',
    ...{ for: '15m', severity: 'ticket' },
    summary: `PostgreSQL ${WHERE} cannot hand its log to the backup`,
    description: 'It cannot be restored to a moment after the last one that was handed over, and the log that waits fills the volume.',
  },
];

import type { Dashboard, Panel } from '../../observability/dashboard';
import { CONNECTIONS_LIMIT, LAG_SECONDS } from '../alerts/postgresql';
import { MEMORY_LIMIT } from '../alerts/redis';

const HERE = 'namespace=~"$namespace"';
const by = (aggregate: 'max' | 'sum', expr: string): string => `${aggregate} by (namespace, pod) (${expr})`;
const each = (title: string, unit: Panel['unit'], expr: string, limit?: number): Panel => ({
  ...{ title, unit, queries: { '{{namespace}}/{{pod}}': expr } },
  ...(limit === undefined ? {} : { limit }),
});
const rate = (metric: string): string => by('sum', `rate(${metric}{${HERE}}[5m])`);

/** PostgreSQL, as the exporter of CloudNativePG sees it. */
export const postgresql: Dashboard = {
  uid: 'postgresql',
  title: 'PostgreSQL',
  variables: [{ name: 'namespace', metric: 'cnpg_collector_up' }],
  rows: [
    {
      title: 'Health',
      panels: [
        each('Answers', 'none', by('max', `cnpg_collector_up{${HERE}}`)),
        each('Behind the primary', 's', by('max', `cnpg_pg_replication_lag{${HERE}}`), LAG_SECONDS),
        each(
          'Connections in use',
          'percentunit',
          `${by('sum', `cnpg_backends_total{${HERE}}`)} / (${by('max', `cnpg_pg_settings_setting{${HERE}, name="max_connections"}`)} > 0)`,
          CONNECTIONS_LIMIT,
        ),
      ],
    },
    {
      title: 'Work',
      panels: [
        each('Transactions', 'cps', rate('cnpg_pg_stat_database_xact_commit')),
        each('Transactions undone', 'cps', rate('cnpg_pg_stat_database_xact_rollback')),
        each('Size of the databases', 'bytes', by('sum', `cnpg_pg_database_size_bytes{${HERE}}`)),
        each('Log files that could not be archived', 'cps', rate('cnpg_pg_stat_archiver_failed_count')),
      ],
    },
  ],
};

/** Redis, as the exporter beside each server sees it. */
export const redis: Dashboard = {
  uid: 'redis',
  title: 'Redis',
  variables: [{ name: 'namespace', metric: 'redis_up' }],
  rows: [
    {
      title: 'Health',
      panels: [
        each('Answers', 'none', by('max', `redis_up{${HERE}}`)),
        each('Copy is connected', 'none', by('max', `redis_master_link_up{${HERE}}`)),
        each('Clients', 'short', by('max', `redis_connected_clients{${HERE}}`)),
      ],
    },
    {
      title: 'Work',
      panels: [
        each('Commands', 'cps', rate('redis_commands_processed_total')),
        each(
          'Memory in use',
          'percentunit',
          `${by('max', `redis_memory_used_bytes{${HERE}}`)} / (${by('max', `redis_memory_max_bytes{${HERE}}`)} > 0)`,
          MEMORY_LIMIT,
        ),
        each('Keys thrown away', 'cps', rate('redis_evicted_keys_total')),
      ],
    },
  ],
};

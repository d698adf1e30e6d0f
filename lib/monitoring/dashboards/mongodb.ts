import type { Dashboard } from '../../observability/dashboard';

const POD = 'namespace=~"$namespace", pod=~"$pod"';
const by = (aggregation: string, metric: string, more = ''): string => `${aggregation} by (pod) (${metric}{${POD}${more}})`;
const lag =
  `(max by (namespace) (mongodb_rs_members_optimeDate{namespace=~"$namespace", member_state="PRIMARY"}) - on (namespace) group_right ` +
  'max by (namespace, member_idx) (mongodb_rs_members_optimeDate{namespace=~"$namespace", member_state="SECONDARY"})) / 1000';

/** What MongoDB's members say: who leads, who is behind, what is full. */
export const mongodb: Dashboard = {
  uid: 'mongodb',
  title: 'MongoDB',
  variables: [
    { name: 'namespace', metric: 'mongodb_up' },
    { name: 'pod', metric: 'mongodb_up' },
  ],
  rows: [
    {
      title: 'Members',
      panels: [
        { title: 'Answer', kind: 'stat', unit: 'none', queries: { '{{pod}}': by('max', 'mongodb_up') } },
        {
          title: 'State',
          kind: 'stat',
          unit: 'none',
          description: '1 leads, 2 follows; 3 and 5 catch up, 8 is away',
          queries: { '{{pod}}': by('max', 'mongodb_rs_myState') },
        },
        { title: 'Behind the primary', unit: 's', limit: 60, queries: { '{{member_idx}}': lag } },
      ],
    },
    {
      title: 'Load',
      panels: [
        {
          title: 'Operations',
          unit: 'reqps',
          queries: { '{{legacy_op_type}}': `sum by (legacy_op_type) (rate(mongodb_ss_opcounters{${POD}}[5m]))` },
        },
        {
          title: 'Connections in use',
          unit: 'percentunit',
          limit: 0.8,
          queries: {
            '{{pod}}': `${by('sum', 'mongodb_ss_connections', ', conn_type="current"')} / (sum by (pod) (mongodb_ss_connections{${POD}, conn_type=~"current|available"}) > 0)`,
          },
        },
        {
          title: 'Cache in use',
          unit: 'percentunit',
          queries: {
            '{{pod}}': `${by('max', 'mongodb_ss_wt_cache_bytes_currently_in_the_cache')} / (${by('max', 'mongodb_ss_wt_cache_maximum_bytes_configured')} > 0)`,
          },
        },
      ],
    },
  ],
};

import type { Dashboard } from '../observability/dashboard';

/** Deliveries, as Argo CD sees them. */
export const argocd: Dashboard = {
  uid: 'argocd',
  title: 'Deliveries (Argo CD)',
  variables: [{ name: 'project', metric: 'argocd_app_info' }],
  rows: [
    {
      title: 'Applications',
      panels: [
        {
          title: 'By state of sync',
          unit: 'short',
          queries: { '{{sync_status}}': 'sum by (sync_status) (argocd_app_info{project=~"$project"})' },
        },
        {
          title: 'By health',
          unit: 'short',
          queries: { '{{health_status}}': 'sum by (health_status) (argocd_app_info{project=~"$project"})' },
        },
        {
          title: 'Syncs',
          unit: 'short',
          queries: { '{{phase}}': 'sum by (phase) (increase(argocd_app_sync_total{project=~"$project"}[30m]))' },
        },
      ],
    },
    {
      title: 'Argo CD itself',
      panels: [
        {
          title: 'Clusters that it reaches',
          unit: 'none',
          queries: { '{{server}}': 'min by (server) (argocd_cluster_connection_status)' },
        },
        {
          title: 'Time to compare, 95 %',
          unit: 's',
          queries: { '{{dest_server}}': 'histogram_quantile(0.95, sum by (le, dest_server) (rate(argocd_app_reconcile_bucket[10m])))' },
        },
        {
          title: 'Requests to Git',
          unit: 'reqps',
          queries: { '{{request_type}}': 'sum by (request_type) (rate(argocd_git_request_total[10m]))' },
        },
      ],
    },
  ],
};

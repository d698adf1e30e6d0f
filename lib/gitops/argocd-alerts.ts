import type { Alert } from '../observability/alert-rules';

const APP = '{{ $labels.name }}';
const failed = 'argocd_app_sync_total{phase=~"Error|Failed"}';
const failures = (offset: string): string => `sum by (name, project) (last_over_time(${failed}[5m]${offset}))`;

/** What Argo CD tells of itself and of what it delivers. */
export const argocdAlerts: readonly Alert[] = [
  {
    name: 'ArgocdAppOutOfSync',
    expr: 'max by (name, project) (argocd_app_info{sync_status=~"OutOfSync|Unknown"}) == 1',
    ...{ for: '2h', severity: 'ticket' },
    summary: `${APP} has not been what Git says for two hours`,
    description: 'A merge has not arrived, or somebody changes what Argo CD puts right. Within a freeze that is meant.',
  },
  {
    name: 'ArgocdAppDegraded',
    expr: 'max by (name, project) (argocd_app_info{health_status=~"Degraded|Missing"}) == 1',
    ...{ for: '15m', severity: 'ticket' },
    summary: `${APP} has been degraded for a quarter of an hour`,
    description: 'It is delivered, and something in it does not work or is not there. Alerts of its cluster tell whether users notice.',
  },
  {
    name: 'ArgocdSyncFails',
    // A series comes to be with the first failure, of which increase() knows nothing.
    expr: `sum by (name, project) (increase(${failed}[30m])) > 0\nor (${failures('')} unless ${failures(' offset 30m')})`,
    ...{ for: '1m', severity: 'ticket' },
    summary: `A sync of ${APP} has failed`,
    description: 'The version before runs on. All tries are used up: it waits for the next commit, or for somebody.',
  },
  {
    name: 'ArgocdClusterLost',
    expr: 'min by (server) (argocd_cluster_connection_status) == 0',
    ...{ for: '15m', severity: 'page' },
    summary: 'Argo CD does not reach the cluster at {{ $labels.server }}',
    description: 'What runs there runs on. Nothing is delivered to it, and nothing that goes wrong there is seen or put right from here.',
  },
  {
    name: 'ArgocdUnseen',
    // There is at least the Application that delivers all others.
    expr: 'absent(argocd_app_info)',
    ...{ for: '10m', severity: 'page' },
    summary: 'Nobody hears of the controller of Argo CD',
    description: 'It is gone, or Prometheus does not reach it. In the first case nothing is delivered, rolled back or put right anywhere.',
  },
];

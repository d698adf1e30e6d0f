import { problems } from '../testing/problems';

const asked = (expr: string) =>
  problems('queries-name-objects', ({ add }) =>
    add(
      { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'daily', namespace: 'velero' }, spec: {} },
      {
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'alerts', namespace: 'app' } },
        spec: { groups: [{ name: 'alerts', rules: [{ alert: 'Late', expr }] }] },
      },
    ),
  );

test.each([
  'absent(velero_backup_last_successful_timestamp{schedule="daily"})',
  'velero_backup_failure_total{schedule=~"dai.+"} > 0',
  'kube_deployment_status_replicas{namespace="app", deployment="web"} < 1',
  'kube_deployment_status_replicas{namespace="llm", deployment=~"model|model-primary"} < 1',
  'kube_deployment_status_replicas{namespace="kube-system", deployment="coredns"} < 1',
  'kube_deployment_status_replicas{deployment="kong"} < 1',
])('accepts %s', (expr) => {
  expect(asked(expr)).toEqual([]);
});

test.each([
  ['velero_backup_failure_total{schedule="nightly"} > 0', 'schedule "nightly", which no app defines (there: daily)'],
  ['velero_backup_failure_total{schedule=~"daily|weekly"} > 0', 'schedule "weekly", which no app defines (there: daily)'],
  ['kube_deployment_status_replicas{namespace="app",deployment=~"web|api"} < 1', 'deployment "api", which no app defines (there: web)'],
])('fails once for %s', (expr, message) => {
  const at = 'PrometheusRule/alerts: /spec/groups/0/rules/0/expr';

  expect(asked(`${expr} or ${expr}`)).toEqual([`${at} asks for ${message}`]);
});

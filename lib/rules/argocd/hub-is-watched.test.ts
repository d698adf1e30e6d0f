import { fleetProblems } from '../testing/fleet-problems';

const alerting = (expr: string, change: object = {}) =>
  fleetProblems('hub-is-watched', ({ add }) =>
    add({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'argocd', namespace: 'argocd' },
      spec: {
        groups: [
          {
            name: 'argocd',
            rules: [
              {
                ...{ alert: 'ArgocdAppLate', expr, for: '30m', labels: { severity: 'ticket' } },
                annotations: {
                  runbook_url: 'https://git.example.com/runbooks/argocd-app-late.md',
                  summary: 'It is late',
                  description: 'A region is behind',
                },
                ...change,
              },
            ],
          },
        ],
      },
    }),
  );
const RULE = 'PrometheusRule/argocd: /spec/groups/0/rules/0';

test('accepts alerts about states that there are', () => {
  expect(alerting('max by (name) (argocd_app_info{sync_status=~"OutOfSync|Unknown", health_status!="Healthy"}) == 1')).toEqual([]);
  expect(alerting('sum by (name) (increase(argocd_app_sync_total{phase=~"Error|Failed"}[30m])) > 0')).toEqual([]);
});

test.each([
  ['argocd_app_info{sync_status="OutOfDate"} == 1', 'selects argocd_app_info by sync_status "OutOfDate", which is never written'],
  ['argocd_app_info{health_status=~"Degraded|Lost"} == 1', 'selects argocd_app_info by health_status "Lost", which is never written'],
  ['increase(argocd_app_sync_total{phase="Failure"}[1h]) > 0', 'selects argocd_app_sync_total by phase "Failure", which is never written'],
  ['argocd_app_info{status="Unknown"} == 1', 'selects argocd_app_info by status, a label that it does not have'],
])('fails for %s', (expr, message) => {
  expect(alerting(expr)).toEqual([expect.stringContaining(`${RULE}/expr ${message}`)]);
});

test('fails for a query that Prometheus cannot read, and for an alert that calls nobody', () => {
  expect(alerting('sum(argocd_app_info == 1').join()).toContain(`${RULE}/expr`);
  expect(alerting('argocd_app_info == 1', { labels: {} })).toEqual([`${RULE}/labels/severity is missing (alert ArgocdAppLate)`]);
});

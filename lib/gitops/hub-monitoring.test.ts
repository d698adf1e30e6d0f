import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { metricOf } from '../rules/promql/catalogue';
import { queryOf } from '../rules/promql/query';
import { find, synth } from '../testing/manifests';
import { argocdAlerts } from './argocd-alerts';
import { argocd } from './argocd-dashboard';
import { defineHubMonitoring } from './hub-monitoring';

const manifests = synth(defineHubMonitoring);
const asked = argocd.rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => Object.values(queries)));

test.each([...argocdAlerts.map(({ expr }) => expr), ...asked])(
  '%s is what Prometheus understands, of metrics and labels that Argo CD has',
  (text) => {
    const { error, selectors } = queryOf(text);

    expect(error).toBeUndefined();
    for (const { metric, labels } of selectors) {
      const known = metricOf(metric);
      expect(known).toMatchObject({ labels: expect.arrayContaining(labels.map(({ name }) => name)) });
    }
  },
);

test.each(argocdAlerts.map(({ name }) => name))('%s has a page that tells what to do', (name) => {
  const page = `${name.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;

  expect(existsSync(join(__dirname, '../../docs/runbooks', page))).toBe(true);
});

test('comes after everything else, and waits for kinds that the hub may lack', () => {
  for (const { metadata } of manifests) expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-wave': '1' });
  for (const kind of ['ServiceMonitor', 'PrometheusRule'])
    expect(manifests.find((each) => each.kind === kind)?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
    });
});

test('reads every Service of Argo CD that shows metrics', () => {
  expect(find(manifests, 'ServiceMonitor', 'argocd').spec).toMatchObject({
    selector: { matchLabels: { 'app.kubernetes.io/part-of': 'argocd' } },
    endpoints: [{ port: 'metrics' }],
  });
});

test('has the dashboard found by the sidecar of Grafana', () => {
  const { metadata, data } = find(manifests, 'ConfigMap', 'argocd-dashboard');

  expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  expect(JSON.parse(data['argocd.json'])).toMatchObject({ uid: 'argocd', title: 'Deliveries (Argo CD)' });
});

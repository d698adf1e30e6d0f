import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const provider = (path: string): string => `apiVersion: 1\nproviders:\n  - name: ours\n    type: file\n    options:\n      path: ${path}\n`;
const configMap = (name: string, data: object): Draft => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'app' },
  data,
});
const dashboard = (name: string): Draft =>
  configMap(name, { [`${name}.json`]: JSON.stringify({ uid: name, title: name, schemaVersion: 41, panels: [] }) });

const found = (path: string, mountPath: string, mounted: readonly string[], others: readonly string[] = []) =>
  problems('dashboards-are-read', ({ add, get }) => {
    add(configMap('provider', { 'provider.yaml': provider(path) }), ...[...mounted, ...others].map(dashboard));
    const { spec } = get('Deployment/web').spec.template;
    spec.volumes.push(
      { name: 'provider', configMap: { name: 'provider' } },
      { name: 'dashboards', projected: { sources: mounted.map((name) => ({ configMap: { name } })) } },
      { name: 'data', emptyDir: {} },
    );
    spec.containers[0].volumeMounts.push(
      { name: 'provider', mountPath: '/etc/grafana/provisioning/dashboards' },
      { name: 'dashboards', mountPath },
      { name: 'data', mountPath: '/var/lib/grafana' },
    );
  });

test('accepts dashboards that are mounted where Grafana reads them, and a target without any', () => {
  expect(found('/dashboards', '/dashboards', ['gpu', 'engine'])).toEqual([]);
  expect(found('/dashboards/', '/dashboards', ['gpu'])).toEqual([]);
  expect(problems('dashboards-are-read')).toEqual([]);
});

test('fails for a folder that is not mounted, also within one that is', () => {
  expect(found('/var/lib/grafana/dashboards', '/dashboards', ['gpu'])).toEqual([
    'ConfigMap/provider: /data/provider.yaml has Grafana read dashboards from /var/lib/grafana/dashboards, where its pods mount none (there: /dashboards)',
  ]);
});

test('fails for a dashboard that is not mounted', () => {
  expect(found('/dashboards', '/dashboards', ['gpu'], ['engine'])).toEqual([
    'ConfigMap/engine: /metadata/name is a dashboard that no Grafana mounts: nobody sees it',
  ]);
});

import { App, Chart } from 'cdk8s';
import { parse } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { kongMetrics } from '../observability/model-metrics';
import { imageOf } from '../releases/images';
import { find } from '../testing/manifests';
import { sample } from '../testing/sample-target';
import { MonitoringChart, type MonitoringChartProps } from './monitoring-chart';

const app = new App();
const required = (scope: Chart): MonitoringChartProps => ({
  settings: { replicas: 2, retentionDays: 15, sizeGiB: 100, alertChannel: 'alerts' },
  labels: { environment: 'test', region: 'atlantis-1' },
  decides: true,
  gateway: {
    ...{ name: 'public', namespace: 'edge', listeners: ['a.example.com'], hosts: ['a.example.com'] },
    proxies: { name: 'kong', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong' }, scope },
  },
  image: (name) => imageOf({ repository: `example.com/${name}`, tag: 'v3.5.0', digest: 'unresolved' }),
  store: { name: 'platform', reference: (name) => ({ key: name }) },
  placement: { pool: sample.region.systemPool, imagePullSecrets: [] },
});

let number = 0;
function synth(change: Partial<MonitoringChartProps['settings']> = {}, props: Partial<MonitoringChartProps> = {}): readonly Manifest[] {
  number += 1;
  const proxies = new Chart(app, `proxies-${number}`);
  const given = required(proxies);
  const chart = new MonitoringChart(app, `monitoring-${number}`, { ...given, ...props, settings: { ...given.settings, ...change } });
  return chart.synthesize().manifests;
}

const policies = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);

test('has Prometheus read every monitor and every rule of every namespace, four times a minute', () => {
  const { spec } = find(synth(), 'Prometheus', 'prometheus');

  for (const kind of ['serviceMonitor', 'podMonitor', 'rule', 'probe', 'scrapeConfig']) {
    expect([spec[`${kind}Selector`], spec[`${kind}NamespaceSelector`]]).toEqual([{}, {}]);
  }
  expect(spec).toMatchObject({ scrapeInterval: '15s', evaluationInterval: '15s', replicas: 2 });
  expect(spec).toMatchObject({ image: 'example.com/prometheus:v3.5.0', version: 'v3.5.0' });
  expect(spec.externalLabels).toEqual({ environment: 'test', region: 'atlantis-1' });
});

test('keeps metrics on a volume, and makes room before it is full', () => {
  const { spec } = find(synth(), 'Prometheus', 'prometheus');

  expect(spec).toMatchObject({ retention: '15d', retentionSize: '87040MiB' });
  expect(spec.storage.volumeClaimTemplate.spec).toEqual({
    storageClassName: 'data-block',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '100Gi' } },
  });
});

test('gives Prometheus what it needs, and no way to be told to quit', () => {
  const { spec } = find(synth(), 'Prometheus', 'prometheus');

  expect(spec.resources).toEqual({ requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '4Gi' } });
  expect(spec.enableAdminAPI).toBe(false);
  expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65534 });
});

test('lets one of two servers go, and the only one too', () => {
  const budgets = (replicas: number) => synth({ replicas }).filter(({ kind }) => kind === 'PodDisruptionBudget');

  expect(
    budgets(2)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(['alertmanager', 'prometheus']);
  expect(budgets(1)).toEqual([]);
});

test('tells alerts to people by their severity, through addresses that the store holds', () => {
  const manifests = synth();
  const { route, receivers } = find(manifests, 'AlertmanagerConfig', 'alert-routing').spec;

  expect(find(manifests, 'Alertmanager', 'alertmanager').spec.alertmanagerConfiguration).toEqual({ name: 'alert-routing' });
  expect(route).toMatchObject({ receiver: 'ticket', routes: [{ receiver: 'page', matchers: [{ name: 'severity', value: 'page' }] }] });
  expect(receivers).toMatchObject(
    ['page', 'ticket'].map((name) => ({
      name,
      slackConfigs: [{ apiURL: { name: 'alertmanager-webhooks', key: name }, channel: '#alerts', sendResolved: true }],
    })),
  );
  expect(find(manifests, 'ExternalSecret', 'alertmanager-webhooks').spec.data).toMatchObject([
    { secretKey: 'page', remoteRef: { key: 'alertmanager-page-webhook' } },
    { secretKey: 'ticket', remoteRef: { key: 'alertmanager-ticket-webhook' } },
  ]);
});

test('keeps alerts quiet that say less than one that fires, and only where both are about the same', () => {
  const { inhibitRules } = find(synth(), 'AlertmanagerConfig', 'alert-routing').spec;

  for (const { equal, sourceMatch, targetMatch } of inhibitRules) {
    expect(equal).toContain('model');
    expect(sourceMatch).not.toEqual(targetMatch);
  }
});

test('lets Alertmanagers tell each other what was sent, by both of their protocols', () => {
  const { spec } = find(synth(), 'NetworkPolicy', 'alertmanager-from-alertmanager');

  expect(spec.ingress[0].ports).toEqual([
    { protocol: 'TCP', port: 9094 },
    { protocol: 'UDP', port: 9094 },
  ]);
  expect(policies(synth({ replicas: 1 }))).not.toContain('alertmanager-from-alertmanager');
});

test('has Prometheus reach nodes, which some network plugins know by no address', () => {
  const { egress } = find(synth(), 'NetworkPolicy', 'prometheus-to-scraped').spec;

  expect(egress).toContainEqual({ ports: [10250, 9100].map((port) => ({ protocol: 'TCP', port })) });
});

test('lets in what decides by metrics, where something does', () => {
  const asking = ['prometheus-from-flagger', 'prometheus-from-prometheus-adapter'];

  expect(policies(synth())).toEqual(expect.arrayContaining(asking));
  for (const name of asking) expect(policies(synth({}, { decides: false }))).not.toContain(name);
});

test('shows dashboards and data sources that come from files, and nothing to strangers', () => {
  const manifests = synth();
  const [{ env, volumeMounts }] = find(manifests, 'Deployment', 'grafana').spec.template.spec.containers;
  const value = (name: string) => env.find((each: { name: string }) => each.name === name);

  expect(value('GF_AUTH_ANONYMOUS_ENABLED').value).toBe('false');
  expect(value('GF_SECURITY_ADMIN_PASSWORD').valueFrom.secretKeyRef).toEqual({ name: 'grafana-admin', key: 'password' });
  expect(find(manifests, 'ConfigMap', 'grafana-config').data['datasources.yaml']).toContain(
    'url: http://prometheus.monitoring.svc.cluster.local:9090',
  );
  expect(JSON.parse(find(manifests, 'ConfigMap', 'dashboard-engine').data['engine.json']).title).toBe('Engine (vLLM)');
  expect(manifests.some(({ metadata }) => metadata.name === 'dashboard-ml')).toBe(false);
  expect(find(synth({}, { modelMetrics: kongMetrics }), 'ConfigMap', 'dashboard-ml').data['ml.json']).toContain(
    'request_predict_seconds_bucket',
  );
  expect(volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toContain('/var/lib/grafana-dashboards');
});

test('is reached on port 80 of its Service, as port-forwards expect', () => {
  const { ports } = find(synth(), 'Service', 'prometheus-grafana').spec;

  expect(ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
});

test('publishes nothing unless it is told to', () => {
  const kinds = new Set(synth().map(({ kind }) => kind));

  for (const kind of ['HTTPRoute', 'KongPlugin', 'KongConsumer']) expect(kinds).not.toContain(kind);
});

describe('published', () => {
  const manifests = synth({ consoles: true });

  test('Grafana knows its path, and asks for its own password', () => {
    const [{ env }] = find(manifests, 'Deployment', 'grafana').spec.template.spec.containers;

    expect(env).toEqual(expect.arrayContaining([{ name: 'GF_SERVER_ROOT_URL', value: 'https://a.example.com/grafana' }]));
    expect(find(manifests, 'HTTPRoute', 'grafana').spec.rules[0]).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/grafana' } }],
      backendRefs: [{ name: 'prometheus-grafana', port: 80 }],
    });
  });

  test('Prometheus is behind a password, which the gateway asks for', () => {
    const { metadata, spec } = find(manifests, 'HTTPRoute', 'prometheus');

    expect(metadata.annotations?.['konghq.com/plugins']).toMatch(/^prometheus-reader,/);
    expect(metadata.annotations?.['konghq.com/protocols']).toBe('https');
    expect(spec.rules[0].backendRefs).toEqual([{ name: 'prometheus', port: 9090 }]);
    expect(find(manifests, 'KongPlugin', 'prometheus-reader').plugin).toBe('basic-auth');
    expect(find(manifests, 'KongConsumer', 'prometheus-reader').credentials).toEqual(['prometheus-reader']);
    expect(find(manifests, 'ExternalSecret', 'prometheus-reader').spec.target.template.metadata.labels).toEqual({
      'konghq.com/credential': 'basic-auth',
    });
  });

  test('Prometheus knows the address of its pages, and answers without the prefix', () => {
    expect(find(manifests, 'Prometheus', 'prometheus').spec).toMatchObject({
      externalUrl: 'https://a.example.com/prometheus',
      routePrefix: '/',
    });
  });
});

const meshCallers = { name: 'kong', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong' } };

test('makes Prometheus a member of the mesh where there is one, so that models show it their figures', () => {
  const labels = (meshed: boolean) => find(synth({}, meshed ? { meshCallers } : {}), 'Prometheus', 'prometheus').spec.podMetadata?.labels;

  expect(labels(true)).toEqual({ 'istio.io/dataplane-mode': 'ambient' });
  expect(labels(false)).toBeUndefined();
  expect(policies(synth({}, { meshCallers }))).toContain('prometheus-in-mesh');
  expect(policies(synth())).not.toContain('prometheus-in-mesh');
});

describe('logs in Elasticsearch', () => {
  const manifests = synth({ logs: { kind: 'elasticsearch', url: 'https://logs.example.com:9200', network: '10.1.0.0/16' } });

  test('leave no Loki behind, neither a server nor a data source nor a policy', () => {
    expect(manifests.map(({ metadata }) => metadata.name).filter((name) => name?.includes('loki'))).toEqual([]);
    expect(find(manifests, 'ConfigMap', 'grafana-config').data['datasources.yaml']).not.toContain('loki');
  });

  test('are read by Grafana as a user of its own, in the streams that collectors write and the field that holds a line', () => {
    const { datasources } = parse(find(manifests, 'ConfigMap', 'grafana-config').data['datasources.yaml']);
    const [{ env }] = find(manifests, 'Deployment', 'grafana').spec.template.spec.containers;
    const source = datasources.find(({ type }: { type: string }) => type === 'elasticsearch');

    expect(source).toMatchObject({
      ...{ url: 'https://logs.example.com:9200', access: 'proxy', basicAuth: true },
      jsonData: { index: 'logs-slipway.otel-*', timeField: '@timestamp', logMessageField: 'body.text' },
    });
    for (const [variable, key] of [
      [source.basicAuthUser, 'user'],
      [source.secureJsonData.basicAuthPassword, 'password'],
    ])
      expect(env).toContainEqual({ name: variable.slice(2, -1), valueFrom: { secretKeyRef: { name: 'log-reader', key } } });
    expect(find(manifests, 'NetworkPolicy', 'grafana-to-elasticsearch').spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ protocol: 'TCP', port: 9200 }] },
    ]);
  });

  test('raise an alert when single lines are refused, which Loki would not tell', () => {
    const alerts = (some: readonly Manifest[]) => some.filter(({ kind }) => kind === 'PrometheusRule').map(({ metadata }) => metadata.name);

    expect(alerts(manifests)).toContain('log-storage-alerts');
    expect(alerts(synth({ logs: { kind: 'loki', retentionDays: 7, sizeGiB: 10 } }))).not.toContain('log-storage-alerts');
  });
});

import type { AppChart } from '../kubernetes/app-chart';
import { find, synth } from '../testing/manifests';
import { scrapePods, scrapeService } from './scrape';

const endpoint = (scope: AppChart) => ({
  ...{ name: 'web', namespace: 'test', pods: { 'slipway.dev/workload': 'web' }, scope },
  ...{ host: 'web.test.svc.cluster.local', port: 80, podPort: 9090 },
});

test('has Prometheus read a Service that carries the labels of its pods', () => {
  const manifests = synth((chart) => scrapeService(endpoint(chart), { port: 'metrics' }));

  expect(find(manifests, 'ServiceMonitor', 'web').spec).toEqual({
    selector: { matchLabels: { 'slipway.dev/workload': 'web' } },
    endpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
  });
});

test('has Prometheus read pods, as often and where they say', () => {
  const manifests = synth((chart) => scrapePods(endpoint(chart), { port: 'http', path: '/status', intervalSeconds: 10 }));

  expect(find(manifests, 'PodMonitor', 'web').spec).toEqual({
    selector: { matchLabels: { 'slipway.dev/workload': 'web' } },
    podMetricsEndpoints: [{ port: 'http', path: '/status', interval: '10s' }],
  });
});

test.each([scrapeService, scrapePods])('lets Prometheus in, on the port of the pods', (scrape) => {
  const manifests = synth((chart) => scrape(endpoint(chart), { port: 'metrics' }));

  expect(find(manifests, 'NetworkPolicy', 'web-from-prometheus').spec.ingress).toMatchObject([
    { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ port: 9090 }] },
  ]);
});

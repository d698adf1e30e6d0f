import { problems } from '../testing/problems';

const CONTAINER = '/spec/template/spec/containers/0';

test('fails for a probe and a hook on ports that the container does not declare', () => {
  expect(
    problems('ports-resolve', ({ get }) => {
      const [container] = get('Deployment/web').spec.template.spec.containers;
      container.livenessProbe = { tcpSocket: { port: 80 } };
      container.lifecycle = { preStop: { httpGet: { port: 'admin' } } };
    }),
  ).toEqual([
    `Deployment/web: ${CONTAINER}/livenessProbe/tcpSocket/port is 80, which container web does not declare (there: http 8080)`,
    `Deployment/web: ${CONTAINER}/lifecycle/preStop/httpGet/port is "admin", which container web does not declare (there: http 8080)`,
  ]);
});

test('fails for a Service that leads to another port than its pods have', () => {
  expect(
    problems('ports-resolve', ({ get }) => {
      delete get('Service/web').spec.ports[0].targetPort;
    }),
  ).toEqual(['Service/web: /spec/ports/0/port is 80, which Deployment/web in app does not declare (there: http 8080)']);
});

test('fails for a Canary that leads to another port than its pods have', () => {
  expect(
    problems('ports-resolve', ({ get }) => {
      get('Canary/model').spec.service.targetPort = 'api';
    }),
  ).toEqual(['Canary/model: /spec/service/targetPort is "api", which Deployment/model in llm does not declare (there: http 8080)']);
});

test('fails for monitors that scrape a port that is not there', () => {
  expect(
    problems('ports-resolve', ({ get }) => {
      get('PodMonitor/model').spec.podMetricsEndpoints[0].port = 'metrics';
      get('ServiceMonitor/web').spec.endpoints[0].port = 'metrics';
    }),
  ).toEqual([
    'PodMonitor/model: /spec/podMetricsEndpoints/0/port is "metrics", which Deployment/model in llm does not declare (there: http 8080)',
    'ServiceMonitor/web: /spec/endpoints/0/port is "metrics", which Service "web" does not have (there: http)',
  ]);
});

test("accepts a probe on a port's number, and a monitor of a database", () => {
  expect(
    problems('ports-resolve', ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].livenessProbe = { tcpSocket: { port: 8080 } };
      Object.assign(get('PodMonitor/model').spec, {
        selector: { matchLabels: { 'cnpg.io/cluster': 'database' } },
        podMetricsEndpoints: [{ port: 'metrics' }],
      });
    }),
  ).toEqual([]);
});

test('knows on which ports controllers and proxies tell figures', () => {
  const scraped = (namespace: string, label: object, endpoint: object) =>
    problems('ports-resolve', ({ get }) => {
      get('PodMonitor/model').spec = {
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: label },
        podMetricsEndpoints: [endpoint],
      };
    });
  const kong = { 'slipway.dev/workload': 'kong' };

  expect(scraped('istio-system', { app: 'ztunnel' }, { portNumber: 15020 })).toEqual([]);
  expect(scraped('edge', kong, { port: 'status' })).toEqual([]);
  expect(scraped('istio-system', { app: 'ztunnel' }, { portNumber: 15021 })).toEqual([
    'PodMonitor/model: /spec/podMetricsEndpoints/0/portNumber is 15021, where app=ztunnel tells no figures (there: 15020)',
  ]);
  expect(scraped('edge', kong, { port: 'proxy' })).toEqual([
    'PodMonitor/model: /spec/podMetricsEndpoints/0/port is "proxy", where slipway.dev/workload=kong tells no figures (there: 10255, 8100)',
  ]);
});

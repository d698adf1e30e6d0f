import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const values = (chart: string, change: (values: Draft) => void) =>
  fleetProblems('addons-serve-apps', ({ get }) => change(get(`Application/${chart}-prod-us-west-2`).spec.source.helm.valuesObject));
const at = (chart: string) => `Application/${chart}-prod-us-west-2: /spec/source/helm/valuesObject`;

test('fails for a Flagger that selects another label or asks another Prometheus', () => {
  expect(
    values('flagger', (it) => {
      it.selectorLabels = 'app';
      it.metricsServer = 'http://prometheus.monitoring:9090';
    }),
  ).toEqual([
    `${at('flagger')}/selectorLabels is "app", though workloads select app.kubernetes.io/name`,
    `${at('flagger')}/metricsServer is "http://prometheus.monitoring:9090", where no Prometheus answers (there: http://prometheus-operated.edge:9090)`,
  ]);
});

test('fails for a gateway with other labels and ports than apps know', () => {
  expect(
    values('kong', (it) => {
      it.podLabels['slipway.dev/workload'] = 'kong-gateway';
      it.status.http.containerPort = 8101;
    }),
  ).toEqual([
    `${at('kong')}/podLabels/slipway.dev~1workload is "kong-gateway", which no policy and no monitor selects (there: kong, kong-internal)`,
    `${at('kong')}/status/http/containerPort is 8101, and metrics are scraped from 8100`,
  ]);
});

test('fails for a gateway whose administration is on', () => {
  expect(values('kong', (it) => Object.assign(it, { admin: { enabled: true }, manager: { enabled: true } }))).toEqual([
    `${at('kong')}/admin/enabled is true: anybody who reaches it could configure the gateway`,
    `${at('kong')}/manager/enabled is true: anybody who reaches it could configure the gateway`,
  ]);
});

test('fails for a gateway that is killed before its requests end', () => {
  expect(values('kong', (it) => void it.lifecycle.preStop.exec.command.splice(3, 1, '--timeout=700'))).toEqual([
    `${at('kong')}/terminationGracePeriodSeconds is 650, less than the 715 seconds of the preStop hook`,
  ]);
  expect(
    fleetProblems('addons-serve-apps', ({ get, app }) => {
      for (const { kind, spec } of app('llm')) if (kind === 'Canary') spec.service.timeout = '10m10s';
      get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject.lifecycle.preStop.exec.command[3] = '--timeout=10';
    }),
  ).toEqual([expect.stringMatching(/preStop\/exec\/command drains for 10 seconds, and requests to models last up to 610$/)]);
});

test('fails for a tag that moves', () => {
  expect(
    values('kong', (it) => {
      it.image.tag = 'latest';
    }),
  ).toEqual([`${at('kong')}/image/tag is "latest", a tag that moves`]);
});

const serving = (one: string, other: string) =>
  fleetProblems('addons-serve-apps', ({ get, add, app }) => {
    const kong = get('Application/kong-prod-us-west-2');
    kong.spec.source.helm.valuesObject.ingressController = { env: { gateway_api_controller_name: one } };
    const second = structuredClone(kong);
    second.metadata.name = 'kong-internal-prod-us-west-2';
    second.spec.source.helm.valuesObject.ingressController.env.gateway_api_controller_name = other;
    add(second);
    for (const object of app('foundation')) if (object.kind === 'GatewayClass') object.spec.controllerName = 'konghq.com/public';
  });

test('fails for two gateways of one class, and for a class that none serves', () => {
  expect(serving('konghq.com/public', 'konghq.com/internal')).toEqual([]);
  expect(serving('konghq.com/public', 'konghq.com/public')).toHaveLength(2);
  expect(serving('konghq.com/other', 'konghq.com/internal')).toEqual([
    'GatewayClass/kong: /spec/controllerName is "konghq.com/public", which no addon of prod-us-west-2 serves (there: konghq.com/internal, konghq.com/other)',
  ]);
});

describe('Istio’s gateway', () => {
  const VERSION = '1.30.3';
  const log = { meshConfig: { accessLogEncoding: 'JSON' } };
  const values = {
    service: { ports: [{ port: 80, targetPort: 80 }, { port: 443 }] },
    ...{ env: { MINIMUM_DRAIN_DURATION: '15s' }, terminationGracePeriodSeconds: 90 },
  };
  const served = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'istio-ingress' } };
  const installed = (change: (source: (chart: string) => Draft) => void, charts = ['istiod', 'gateway', 'external-dns']) =>
    fleetProblems('addons-serve-apps', ({ add, get, app }) => {
      const told: Record<string, object> = { istiod: log, gateway: values, 'external-dns': { sources: ['istio-gateway'] } };
      const applications = charts.map((chart) => {
        const application = structuredClone(get('Application/flagger-prod-us-west-2'));
        application.metadata.name = `${chart}-prod-us-west-2`;
        application.spec.destination.namespace = chart === 'gateway' ? 'istio-ingress' : 'istio-system';
        const helm = { releaseName: chart === 'gateway' ? 'istio-ingressgateway' : chart, valuesObject: structuredClone(told[chart]) };
        Object.assign(application.spec.source, { chart, targetRevision: VERSION, helm });
        return application;
      });
      change((chart) => applications[charts.indexOf(chart)].spec.source);
      add(...applications);
      app('edge').push(structuredClone(served));
    });
  const gatewayAt = (chart: string) => `Application/${chart}-prod-us-west-2: /spec/source`;

  test('is accepted where all that counts on it is told the same', () => {
    expect(installed(() => {})).toEqual([]);
  });

  test('fails without the chart whose pods it selects', () => {
    expect(installed(() => {}, ['istiod'])).toEqual([
      "Gateway/models: /spec/selector is of pods that no addon of prod-us-west-2 runs: Istio's chart gateway would",
    ]);
  });

  const ambient = (change: (source: (chart: string) => Draft) => void, left: readonly string[] = []) =>
    installed(
      (source) => {
        for (const part of ['istiod', 'cni'])
          if (!left.includes(part)) Object.assign(source(part).helm, { valuesObject: { profile: 'ambient' } });
        change(source);
      },
      ['base', 'istiod', 'cni', 'ztunnel', 'gateway', 'external-dns'].filter((part) => !left.includes(part)),
    ).filter((message) => !message.includes('accessLog'));

  test('accepts an ambient mesh with all of its parts, however they are told', () => {
    expect(ambient(() => {})).toEqual([]);
    expect(
      ambient((source) => {
        source('cni').helm.valuesObject = { ambient: { enabled: true } };
        source('istiod').helm.valuesObject = { env: { PILOT_ENABLE_AMBIENT: 'true' } };
      }),
    ).toEqual([]);
  });

  test.each(['base', 'istiod', 'cni', 'ztunnel'])('fails for an ambient mesh without %s', (part) => {
    expect(ambient(() => {}, [part])).toEqual([
      expect.stringContaining(`a part of an ambient mesh, and prod-us-west-2 lacks ${part}: no traffic of its members would pass`),
    ]);
  });

  test.each(['istiod', 'cni'])('fails for %s that is not told of an ambient mesh', (part) => {
    expect(ambient((source) => void delete source(part).helm.valuesObject.profile)).toEqual([
      expect.stringContaining(`${gatewayAt(part)}/helm/valuesObject/profile is not ambient, and the mesh of prod-us-west-2 is:`),
    ]);
  });

  test('fails for pods that nobody selects', () => {
    expect(installed((source) => Object.assign(source('gateway').helm, { releaseName: 'istio-ingress' }))).toEqual([
      `${gatewayAt('gateway')}/helm/releaseName makes pods with istio=ingress in istio-ingress, which no policy and no Gateway selects (there: ingressgateway)`,
    ]);
  });

  test.each<[string, string, object, string]>([
    [
      'a port that no policy opens',
      'gateway',
      { service: { ports: [{ port: 443, targetPort: 8443 }] } },
      '/service/ports/0/targetPort is 8443',
    ],
    [
      'less time than it drains',
      'gateway',
      { terminationGracePeriodSeconds: 10 },
      '/terminationGracePeriodSeconds is 10, less than the 15',
    ],
    ['requests that are not logged', 'istiod', { meshConfig: {} }, '/meshConfig/accessLogEncoding is not JSON'],
    ['hosts without records', 'external-dns', { sources: ['gateway-httproute'] }, '/sources are without istio-gateway'],
  ])('fails for %s', (_, chart, changed, message) => {
    expect(installed((source) => Object.assign(source(chart).helm.valuesObject, changed))).toEqual([
      expect.stringContaining(`${gatewayAt(chart)}/helm/valuesObject${message}`),
    ]);
  });
});

test('fails for a gateway that forwards to a strict mesh and is no member', () => {
  const member = (mode: string, labels: Draft) =>
    fleetProblems('addons-serve-apps', ({ get, app }) => {
      Object.assign(get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject.podLabels, labels);
      app('app').push({
        ...{ apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'members', namespace: 'app' } },
        spec: { mtls: { mode } },
      });
    });

  expect([...member('STRICT', { 'istio.io/dataplane-mode': 'ambient' }), ...member('PERMISSIVE', {})]).toEqual([]);
  expect(member('STRICT', {})).toEqual([
    `${at('kong')}/podLabels make no members of the mesh of the gateway's pods: app refuses what HTTPRoute/web sends there`,
  ]);
});

test('fails for a tag that moves wherever an image is named', () => {
  expect(
    values('kong', (it) => {
      it.initContainers = [{ image: 'docker.io/velero/plugin:latest' }, { image: 'registry.example.com:5000/plugin' }];
      it.storage = { image: 'docker.io/kserve/storage', tag: 'main' };
      it.other = { image: 'docker.io/kserve/storage:v1.2.3' };
    }),
  ).toEqual([
    `${at('kong')}/initContainers/0/image is "latest", a tag that moves`,
    `${at('kong')}/storage/tag is "main", a tag that moves`,
  ]);
});

test('fails for a load balancer that cuts a model off while it thinks', () => {
  const silent = (annotation: string, value: string) =>
    values('kong', (it) => {
      it.proxy = { annotations: { [`service.beta.kubernetes.io/${annotation}`]: value } };
    });
  const AWS = 'aws-load-balancer-listener-attributes.TCP-443';
  const AZURE = 'azure-load-balancer-tcp-idle-timeout';

  expect([...silent(AWS, 'tcp.idle_timeout.seconds=900'), ...silent(AZURE, '15'), ...silent('aws-load-balancer-type', 'external')]).toEqual(
    [],
  );
  expect([...silent(AWS, 'tcp.idle_timeout.seconds=350'), ...silent(AZURE, '4')]).toEqual([
    `${at('kong')}/proxy/annotations/service.beta.kubernetes.io~1${AWS} lets a connection be silent for 350 seconds, and requests to models last up to 600`,
    `${at('kong')}/proxy/annotations/service.beta.kubernetes.io~1${AZURE} lets a connection be silent for 240 seconds, and requests to models last up to 600`,
  ]);
});

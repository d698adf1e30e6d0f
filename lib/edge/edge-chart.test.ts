import { App } from 'cdk8s';

import { germanyWestCentral, usWest2 } from '../environments/regions';
import type { Manifest } from '../kubernetes/manifest';
import { find } from '../testing/manifests';
import { EdgeChart, type EdgeChartProps } from './edge-chart';
import type { EdgeSettings } from './edge-settings';

const dns01 = {
  ...{ kind: 'lets-encrypt', server: 'production', email: 'platform@example.com' },
  challenge: { kind: 'dns01', zone: 'example.com' },
} as const satisfies EdgeSettings['tls'];

const settings: EdgeSettings = {
  replicas: 3,
  regionalHost: 'us-west-2.api.example.com',
  globalHost: 'api.example.com',
  tls: dns01,
  requestsPerMinute: 100,
};

const oneRegion: EdgeSettings = {
  replicas: 1,
  regionalHost: 'kiva.example.com',
  tls: { kind: 'internal-ca' },
  requestsPerMinute: 600,
};

function edge(change: Partial<EdgeChartProps> = {}): { readonly chart: EdgeChart; readonly manifests: readonly Manifest[] } {
  const chart = new EdgeChart(new App(), 'edge', { region: usWest2, settings, servers: ['llm-service'], ...change });
  return { chart, manifests: chart.synthesize().manifests };
}

const names = (manifests: readonly Manifest[], kind: string) =>
  manifests.flatMap(({ kind: each, metadata }) => (each === kind ? [metadata.name] : []));

test.each([settings, oneRegion])('agrees with itself on hosts: certificate, listeners, routes ($regionalHost)', (settings) => {
  const { chart, manifests } = edge({ settings });
  const { hosts, listeners } = chart.publicGateway.handle;
  const https = find(manifests, 'Gateway', 'public').spec.listeners.filter(({ protocol }: { protocol: string }) => protocol === 'HTTPS');
  const [certificate] = manifests.filter(({ kind }) => kind === 'Certificate');
  const route = find(manifests, 'HTTPRoute', 'gateway-health').spec;

  expect(hosts).toEqual([settings.globalHost, settings.regionalHost].filter((host) => host !== undefined));
  expect(certificate?.spec.dnsNames).toEqual(hosts);
  expect(https.map(({ hostname }: { hostname: string }) => hostname)).toEqual(hosts);
  expect(https.map(({ name }: { name: string }) => name)).toEqual(listeners);
  for (const { tls } of https) expect(tls.certificateRefs).toEqual([{ name: certificate?.spec.secretName }]);
  expect(route.hostnames).toEqual(hosts);
  expect(route.parentRefs.map(({ sectionName }: { sectionName: string }) => sectionName)).toEqual(listeners);
});

describe('an app with hosts of its own', () => {
  const tls: EdgeSettings['tls'] = { ...dns01, challenge: { kind: 'dns01', zone: 'api.example.com' } };
  const withHosts = { settings: { ...settings, tls, appHosts: { kiva: ['chat.example.org', 'talk.example.org'] } } };

  test('has listeners and a certificate for them, apart from those of the region', () => {
    const { manifests } = edge(withHosts);
    const [, ...https] = find(manifests, 'Gateway', 'public').spec.listeners;

    expect(find(manifests, 'Certificate', 'kiva-tls').spec).toMatchObject({
      secretName: 'kiva-tls',
      dnsNames: ['chat.example.org', 'talk.example.org'],
      issuerRef: { name: 'letsencrypt-prod' },
    });
    expect(find(manifests, 'Certificate', 'llm-api-cert').spec.dnsNames).toEqual(['api.example.com', 'us-west-2.api.example.com']);
    expect(
      https.map(({ hostname, tls }: { hostname: string; tls: { certificateRefs: unknown[] } }) => [hostname, ...tls.certificateRefs]),
    ).toEqual([
      ['api.example.com', { name: 'llm-api-tls' }],
      ['us-west-2.api.example.com', { name: 'llm-api-tls' }],
      ['chat.example.org', { name: 'kiva-tls' }],
      ['talk.example.org', { name: 'kiva-tls' }],
    ]);
  });

  test('answers to them alone, as other apps answer to those of the region', () => {
    const { publicGateway } = edge(withHosts).chart;
    const own = ['chat.example.org', 'talk.example.org'];

    expect(publicGateway.of('kiva')).toMatchObject({ hosts: own, listeners: own });
    expect(publicGateway.of('litellm').hosts).toEqual(['api.example.com', 'us-west-2.api.example.com']);
  });

  test('is healthy where its gateway is, on its hosts too', () => {
    expect(find(edge(withHosts).manifests, 'HTTPRoute', 'gateway-health').spec.hostnames).toContain('chat.example.org');
  });

  test('has challenges for them answered by the gateway where their zone is not ours to write', () => {
    expect(names(edge(withHosts).manifests, 'NetworkPolicy')).toContain('kong-to-acme-solver');
  });
});

test('says that nobody outside of the cluster reaches it, where that is so', () => {
  const annotations = (reachedBy: EdgeSettings['reachedBy']) =>
    find(edge({ settings: { ...oneRegion, ...(reachedBy && { reachedBy }) } }).manifests, 'Gateway', 'public').metadata.annotations;

  expect(annotations('cluster')).toMatchObject({ 'slipway.dev/reached-by': 'cluster' });
  for (const open of ['everybody', undefined] as const) expect(annotations(open)).not.toHaveProperty(['slipway.dev/reached-by']);
});

test('has clients of the internal CA find it under its old name', () => {
  const { manifests } = edge({ settings: oneRegion });

  expect(find(manifests, 'Certificate', 'kong-ssl-certs').spec).toMatchObject({
    secretName: 'kong-ssl-certs',
    issuerRef: { kind: 'ClusterIssuer', name: 'internal-ca' },
  });
});

test('renews in time and never with the same key', () => {
  const { spec } = find(edge().manifests, 'Certificate', 'llm-api-cert');

  expect(spec).toMatchObject({ secretName: 'llm-api-tls', renewBeforePercentage: 33, privateKey: { rotationPolicy: 'Always' } });
  expect(spec.issuerRef.name).toBe('letsencrypt-prod');
});

test('answers plain requests to nothing but challenges in its own namespace', () => {
  const [http] = find(edge().manifests, 'Gateway', 'public').spec.listeners;

  expect(http).toEqual({ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } });
});

test('admits published routes of namespaces that may publish', () => {
  const [, https] = find(edge().manifests, 'Gateway', 'public').spec.listeners;

  expect(https.allowedRoutes.namespaces).toEqual({ from: 'Selector', selector: { matchLabels: { 'slipway.dev/publishes': 'true' } } });
});

test('sends plain requests for its health to HTTPS and answers them there itself', () => {
  const { manifests } = edge();

  expect(find(manifests, 'HTTPRoute', 'gateway-health')).toMatchObject({
    metadata: {
      annotations: {
        'konghq.com/protocols': 'https',
        'konghq.com/https-redirect-status-code': '308',
        'konghq.com/plugins': 'gateway-health',
      },
    },
    spec: { rules: [{ matches: [{ path: { type: 'Exact', value: '/health' } }, { path: { type: 'Exact', value: '/v1/health' } }] }] },
  });
  expect(find(manifests, 'KongPlugin', 'gateway-health')).toMatchObject({ plugin: 'request-termination', config: { status_code: 200 } });
});

describe('the certificate of the cluster’s own CA', () => {
  const { manifests } = edge({ settings: { ...oneRegion, appHosts: { gpt: ['chat.example.com'] } } });

  test('is answered by the gateway itself at /ca.crt, on every host that it signs, over HTTPS', () => {
    const { metadata, spec } = find(manifests, 'HTTPRoute', 'ca-download');

    expect(metadata.annotations).toMatchObject({ 'konghq.com/protocols': 'https', 'konghq.com/plugins': 'ca-download' });
    expect(spec.hostnames).toEqual(['kiva.example.com', 'chat.example.com']);
    expect(spec.rules).toEqual([{ matches: [{ path: { type: 'Exact', value: '/ca.crt' } }] }]);
  });

  test('is copied without the key beside it, as JSON, which is what Kong’s controller takes', () => {
    expect(find(manifests, 'ExternalSecret', 'ca-download').spec).toMatchObject({
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'internal-ca' },
      data: [{ secretKey: 'certificate', remoteRef: { key: 'kong-ssl-certs', property: 'ca.crt' } }],
      target: { template: { data: { 'ca.json': '{{ .certificate | toJson }}' } } },
    });
    expect(find(manifests, 'KongPlugin', 'ca-download')).toMatchObject({
      plugin: 'request-termination',
      config: { status_code: 200, content_type: 'application/x-x509-ca-cert' },
      configPatches: [{ path: '/body', valueFrom: { secretKeyRef: { name: 'ca-download', key: 'ca.json' } } }],
    });
  });

  test('is waited for by nothing else: it comes after the certificate that it is taken from', () => {
    const wave = 'argocd.argoproj.io/sync-wave';

    expect(find(manifests, 'Certificate', 'kong-ssl-certs').metadata.annotations).not.toHaveProperty([wave]);
    for (const kind of ['ExternalSecret', 'KongPlugin', 'HTTPRoute'])
      expect(find(manifests, kind, 'ca-download').metadata.annotations).toMatchObject({ [wave]: '1' });
  });

  test('is not offered where everybody trusts the certificates anyway', () => {
    expect(edge().manifests.filter(({ metadata }) => metadata.name === 'ca-download')).toEqual([]);
  });
});

test('makes the region one of several answers to the shared host', () => {
  expect(find(edge().manifests, 'HTTPRoute', 'gateway-health').metadata).toMatchObject({
    labels: { 'slipway.dev/dns': 'published' },
    annotations: {
      'external-dns.alpha.kubernetes.io/set-identifier': 'us-west-2',
      'external-dns.alpha.kubernetes.io/aws-region': 'us-west-2',
    },
  });
});

test('publishes nothing in DNS for a region that shares no host', () => {
  const { labels, annotations = {} } = find(edge({ settings: oneRegion }).manifests, 'HTTPRoute', 'gateway-health').metadata;

  expect(labels).not.toHaveProperty(['slipway.dev/dns']);
  expect(Object.keys(annotations).filter((name) => name.startsWith('external-dns'))).toEqual([]);
});

test('refuses a shared host where nothing chooses between regions', () => {
  expect(() => edge({ region: germanyWestCentral })).toThrow(
    'Cannot publish "api.example.com" from germanywestcentral as only Route 53 chooses between regions: leave globalHost out outside of AWS',
  );
});

test('gives each model server a host of its own on the internal proxies', () => {
  const { chart, manifests } = edge();
  const { spec } = find(manifests, 'Service', 'llm-service');

  expect(chart.internalGateway.endpoint('llm-service')).toMatchObject({
    name: 'llm-service',
    host: 'llm-service.edge.svc.cluster.local',
    port: 80,
    podPort: 8000,
    pods: { 'slipway.dev/workload': 'kong-internal' },
  });
  expect(spec).toMatchObject({
    type: 'ClusterIP',
    selector: { 'slipway.dev/workload': 'kong-internal' },
    ports: [{ port: 80, targetPort: 8000 }],
  });
});

test('lets only the namespace of the models answer to their hosts', () => {
  const [listener] = find(edge().manifests, 'Gateway', 'internal').spec.listeners;

  expect(listener).toMatchObject({ hostname: '*.edge.svc.cluster.local', port: 80, protocol: 'HTTP' });
  expect(listener.allowedRoutes.namespaces.selector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'llm' });
});

test('refuses to call a server that it was not told of', () => {
  expect(() => edge().chart.internalGateway.endpoint('kiva-vllm')).toThrow(
    'Cannot call "kiva-vllm" through the internal gateway as it carries llm-service: name the server where the edge is defined',
  );
});

test('defines no internal gateway where no model needs one', () => {
  const { manifests } = edge({ servers: [] });

  expect(names(manifests, 'Gateway')).toEqual(['public']);
  expect(names(manifests, 'NetworkPolicy').filter((name) => name.includes('internal'))).toEqual([]);
});

test('lets anyone reach the public proxies, only Prometheus their metrics, and nobody the internal ones unasked', () => {
  const policies = edge().manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const ingress = policies.filter(({ spec }) => spec.ingress !== undefined);

  expect(ingress.map(({ metadata }) => metadata.name).sort()).toEqual([
    'kong-controller-from-prometheus',
    'kong-from-anyone',
    'kong-from-prometheus',
    'kong-internal-controller-from-prometheus',
    'kong-internal-from-prometheus',
  ]);
  expect(find(policies, 'NetworkPolicy', 'kong-from-anyone').spec.ingress).toEqual([
    { ports: [8000, 8443].map((port) => ({ protocol: 'TCP', port })) },
  ]);
  expect(find(policies, 'NetworkPolicy', 'kong-from-prometheus').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8100 }]);
});

test('opens no port of an admin API', () => {
  const ports = edge().manifests.flatMap(({ spec }) => spec?.ingress?.flatMap((rule: { ports: { port: number }[] }) => rule.ports) ?? []);
  const numbers: number[] = ports.map(({ port }: { port: number }) => port);

  expect(numbers.length).toBeGreaterThan(0);
  for (const admin of [8001, 8002, 8444, 8445]) expect(numbers).not.toContain(admin);
});

test('lets the proxies reach the pods that answer an HTTP challenge, and only then', () => {
  const tls: EdgeSettings['tls'] = { ...dns01, challenge: { kind: 'http01' } };

  expect(names(edge({ settings: { ...oneRegion, tls } }).manifests, 'NetworkPolicy')).toEqual(
    expect.arrayContaining(['kong-to-acme-solver', 'acme-solver-from-kong']),
  );
  expect(names(edge().manifests, 'NetworkPolicy')).not.toContain('kong-to-acme-solver');
});

describe('an app behind Istio’s gateway', () => {
  const appHosts = { ml: ['models.example.com'], kiva: ['chat.example.com'] };
  const published = (change: Partial<EdgeSettings> = {}) => edge({ settings: { ...settings, appHosts, ...change }, throughIstio: 'ml' });

  test('has its hosts there and nowhere else, with a certificate where the gateway’s pods are', () => {
    const { chart, manifests } = published();
    const gateway = find(manifests, 'Gateway', 'ml');
    const certificate = find(manifests, 'Certificate', 'ml-tls');
    const kong = find(manifests, 'Gateway', 'public').spec.listeners.map(({ hostname }: { hostname?: string }) => hostname);

    expect(gateway.spec.selector).toEqual({ istio: 'ingressgateway' });
    expect(gateway.spec.servers).toEqual([
      { hosts: ['ml/models.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } },
      {
        hosts: ['ml/models.example.com'],
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        tls: { mode: 'SIMPLE', credentialName: certificate.spec.secretName },
      },
    ]);
    expect([gateway, certificate].map(({ metadata }) => metadata.namespace)).toEqual(['istio-ingress', 'istio-ingress']);
    expect(certificate.spec.dnsNames).toEqual(appHosts.ml);
    expect(kong).not.toContain('models.example.com');
    expect(kong).toContain('chat.example.com');
    expect(chart.publicGateway.handle.hosts).not.toContain('models.example.com');
    expect(chart.istioGateway?.hosts).toEqual(appHosts.ml);
  });

  test('has its records published where regions share a host, each region its own', () => {
    const prefix = 'external-dns.alpha.kubernetes.io';
    const { globalHost: _, ...alone } = settings;
    const annotations = ({ manifests }: ReturnType<typeof edge>) => find(manifests, 'Gateway', 'ml').metadata.annotations;

    expect(annotations(published())).toMatchObject({ [`${prefix}/set-identifier`]: 'us-west-2', [`${prefix}/aws-region`]: 'us-west-2' });
    expect(annotations(edge({ settings: { ...alone, appHosts }, throughIstio: 'ml' }))).not.toHaveProperty([`${prefix}/set-identifier`]);
  });

  test('may be reached by anybody on two ports, and asks the control plane', () => {
    const { manifests } = published();
    const policy = (name: string) => find(manifests, 'NetworkPolicy', `istio-ingressgateway-${name}`);
    const ports = (name: string, direction: string) => policy(name).spec[direction][0].ports.map(({ port }: { port: number }) => port);

    expect(ports('from-anyone', 'ingress')).toEqual([80, 443]);
    expect(ports('from-prometheus', 'ingress')).toEqual([15090]);
    expect(ports('to-istiod', 'egress')).toEqual([15012]);
    expect(policy('from-anyone').metadata.namespace).toBe('istio-ingress');
    expect(find(manifests, 'PodMonitor', 'istio-ingressgateway').spec.podMetricsEndpoints).toMatchObject([
      { portNumber: 15090, path: '/stats/prometheus' },
    ]);
  });

  test('is refused without hosts of its own, and with one that only Kong could prove', () => {
    const { appHosts: _, ...without } = { ...settings, appHosts };

    expect(() => edge({ settings: without, throughIstio: 'ml' })).toThrow(
      'Cannot publish "ml" through Istio\'s gateway as the hosts of the region lead to Kong: give the app hosts of its own in edge.appHosts',
    );
    expect(() => published({ appHosts: { ml: ['models.example.org'] } })).toThrow(
      'Cannot publish "models.example.org" through Istio\'s gateway as Let\'s Encrypt would ask for its proof there',
    );
    expect(() => published({ tls: { kind: 'internal-ca' }, appHosts: { ml: ['models.example.org'] } })).not.toThrow();
  });

  test('is nowhere unless it asks for it', () => {
    const { chart, manifests } = edge({ settings: { ...settings, appHosts } });

    expect(chart.istioGateway).toBeUndefined();
    expect(manifests.filter(({ metadata }) => metadata.namespace === 'istio-ingress')).toEqual([]);
  });
});

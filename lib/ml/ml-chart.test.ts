import { App } from 'cdk8s';

import { gke } from '../environments/platforms';
import { euWest1, local } from '../environments/regions';
import { AppChart } from '../kubernetes/app-chart';
import { stablePods } from '../kubernetes/labels';
import type { Manifest } from '../kubernetes/manifest';
import type { MeshMode } from '../kubernetes/mesh';
import type { Region } from '../regions/region';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { MlChart } from './ml-chart';
import type { IstioMlSettings, KnativeMlSettings, KnativeModel, MlSettings, StandardMlSettings, StandardModel } from './ml-settings';

const iris: StandardModel = {
  ...{ name: 'iris', runtime: 'sklearn', version: 'v2', cpus: 1, memoryGiB: 2, answersWithin: 0.5 },
  ...{ replicas: { min: 2, max: 4 }, scale: { metric: 'cpu', target: 70 } },
};
const common = {
  ...{ runtimes: ['sklearn', 'triton'], storage: { kind: 'bucket' }, requestsPerMinute: 600 },
  ...{ cache: { replicas: 0, sizeGiB: 1 }, longestAnswerSeconds: 60 },
} satisfies Partial<MlSettings>;
const standard = (change: Partial<StandardMlSettings> = {}): MlSettings => ({ ...common, mode: 'Standard', models: [iris], ...change });

const waking: KnativeModel = { ...iris, replicas: { min: 0, max: 4 }, scale: { metric: 'concurrency', target: 10 } };
const knative = (change: Partial<KnativeMlSettings> = {}): MlSettings => ({ ...common, mode: 'Knative', models: [waking], ...change });

const clients = { issuer: 'https://login.example.com', audience: 'models', jwksUri: 'https://login.example.com/keys' } as const;
const istio = (change: Partial<IstioMlSettings> = {}): MlSettings => {
  const { requestsPerMinute: _, cache: __, ...others } = common;
  return { ...others, mode: 'Standard', exposure: 'istio-gateway', clients, models: [iris], ...change };
};

/** The app, and what it adds to the gateways' namespaces. */
function charts(
  settings: MlSettings,
  region: Region = euWest1,
  mesh?: MeshMode,
): { readonly ml: readonly Manifest[]; readonly edge: readonly Manifest[] } {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const proxies = { name: 'kong', namespace: 'edge', pods: stablePods('kong'), scope: edge };
  const ml = new MlChart(app, 'ml', {
    settings,
    gateway: { name: 'public', namespace: 'edge', listeners: ['models.example.com'], hosts: ['models.example.com'], proxies },
    istioGateway: {
      ...{ name: 'ml', namespace: 'istio-ingress', hosts: ['models.example.com'] },
      proxies: { name: 'istio-ingressgateway', namespace: 'istio-ingress', pods: { istio: 'ingressgateway' }, scope: edge },
    },
    region,
    image: (name) => `registry.example.com/${name}:v1`,
    store: secretStore(region.platform),
    placement: { pool: region.cpuPool, imagePullSecrets: [] },
    mesh,
  });
  return { ml: ml.synthesize().manifests, edge: edge.synthesize().manifests };
}

const predictor = (settings: MlSettings, name = 'iris', region?: Region) =>
  find(charts(settings, region).ml, 'InferenceService', name).spec.predictor;
const policies = (manifests: readonly Manifest[]) =>
  manifests.flatMap(({ kind, metadata }) => (kind === 'NetworkPolicy' ? [metadata.name] : []));

test('serves a model by its format, from its folder in the bucket of the region', () => {
  const { model, serviceAccountName } = predictor(standard());

  expect(model).toMatchObject({
    modelFormat: { name: 'sklearn', version: '1' },
    protocolVersion: 'v1',
    runtime: 'sklearn',
    storageUri: 's3://llm-models-eu-west-1/ml/iris/v2',
  });
  expect(serviceAccountName).toBe('ml-models');
  expect(find(charts(standard()).ml, 'ServiceAccount', 'ml-models').metadata.annotations).toMatchObject({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/ml-models',
  });
});

test.each(['storage', 'routes', 'sklearn', 'constructor'])('serves a model called "%s", whatever else has that name', (name) => {
  expect(predictor(standard({ models: [{ ...iris, name }] }), name).model.modelFormat.name).toBe('sklearn');
});

test('says how each model is run, and scales a Deployment by what its pods use', () => {
  const { metadata, spec } = find(charts(standard()).ml, 'InferenceService', 'iris');

  expect(metadata.annotations).toMatchObject({ 'serving.kserve.io/deploymentMode': 'Standard' });
  expect(spec.predictor).toMatchObject({ minReplicas: 2, maxReplicas: 4, scaleMetric: 'cpu', scaleTarget: 70, timeout: 60 });
  expect(spec.predictor.deploymentStrategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(spec.predictor.terminationGracePeriodSeconds).toBeGreaterThan(60);
});

test('keeps what a model asks for, and restricts its pods', () => {
  const { model, securityContext, automountServiceAccountToken } = predictor(standard());

  expect(model.resources).toEqual({ requests: { cpu: '1', memory: '2048Mi' }, limits: { cpu: '1', memory: '2048Mi' } });
  expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
  expect(automountServiceAccountToken).toBe(false);
});

test('puts a model with accelerators where those are', () => {
  const gpu = predictor(standard({ models: [{ ...iris, runtime: 'triton', gpus: 1 }] }));

  expect(gpu.model.resources.limits).toMatchObject({ 'nvidia.com/gpu': 1 });
  expect(gpu.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(() => predictor(standard({ models: [{ ...iris, gpus: 1 }], storage: { kind: 'minio', sizeGiB: 10 } }), 'iris', local)).toThrow(
    'Cannot serve "iris" on 1 GPUs in "local" as the region has none: leave gpus out, or serve it elsewhere',
  );
});

test('defines the runtimes of the target and no other, each with a pinned image, and refuses a model that asks for another', () => {
  const { ml } = charts(standard());
  const runtimes = ml.filter(({ kind }) => kind === 'ServingRuntime');

  expect(runtimes.map(({ metadata }) => metadata.name)).toEqual(['sklearn', 'triton']);
  expect(runtimes.map(({ spec }) => spec.containers[0].image)).toEqual([
    'registry.example.com/sklearnserver:v1',
    'registry.example.com/tritonserver:v1',
  ]);
  expect(runtimes.every(({ spec }) => spec.containers[0].securityContext.readOnlyRootFilesystem)).toBe(true);
  expect(() => charts(standard({ runtimes: ['triton'] }))).toThrow(
    'Cannot serve "iris" as the target has no runtime "sklearn": add it to runtimes, or take one of triton',
  );
});

test.each([
  ['sklearn', '/v1/models/iris:predict'],
  ['tensorflow', '/v1/models/iris:predict'],
  ['triton', '/v2/models/iris/infer'],
  ['pytorch', '/v2/models/iris/infer'],
  ['huggingface', '/openai/iris'],
] as const)('publishes a model of %s under %s, to whoever brings a token', (runtime, value) => {
  const { ml } = charts(standard({ runtimes: [runtime], models: [{ ...iris, runtime }] }));
  const { metadata, spec } = find(ml, 'HTTPRoute', 'iris');

  expect(spec.hostnames).toEqual(['models.example.com']);
  expect(spec.rules[0].matches).toEqual([{ path: { type: 'PathPrefix', value } }]);
  expect(spec.rules[0].backendRefs).toEqual([{ name: 'iris-api', port: 80 }]);
  expect(metadata.annotations?.['konghq.com/plugins']).toBe('model-clients,models-rate-limit,iris-request-size');
});

test('publishes a model under a path of its own', () => {
  const { ml } = charts(standard({ models: [{ ...iris, path: '/flowers' }] }));
  const [rule] = find(ml, 'HTTPRoute', 'iris').spec.rules;

  expect(rule.matches).toEqual([{ path: { type: 'PathPrefix', value: '/flowers' } }]);
  expect(rule.filters[0].urlRewrite.path).toEqual({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1/models/iris:predict' });
});

test('lets the gateway and Prometheus reach a model, and the model its storage', () => {
  const { ml, edge } = charts(standard());

  expect(policies(ml)).toEqual(
    expect.arrayContaining(['iris-from-kong', 'iris-from-prometheus', 'iris-to-internet', 'ml-redis-from-kong']),
  );
  expect(policies(edge)).toEqual(['kong-to-ml-redis', 'kong-to-iris']);
});

test('keeps one replica while a node is drained, and has no budget for a single one', () => {
  const single = standard({ models: [{ ...iris, replicas: { min: 1, max: 1 } }] });

  expect(find(charts(standard()).ml, 'PodDisruptionBudget', 'iris').spec).toMatchObject({ maxUnavailable: 1 });
  expect(charts(single).ml.some(({ kind }) => kind === 'PodDisruptionBudget')).toBe(false);
});

test('watches every model at the gateway by its own objective', () => {
  const slow: StandardModel = { ...iris, name: 'slow', answersWithin: 3 };
  const [{ rules }] = find(charts(standard({ models: [iris, slow] })).ml, 'PrometheusRule', 'models').spec.groups;

  expect(rules.map((rule: { alert: string }) => rule.alert)).toEqual([
    'ModelAnswersSlow',
    'ModelErrors',
    'ModelNotScaling',
    'ModelReplicasMissing',
  ]);
  expect(rules[0].expr).toContain('route=~"httproute[.]ml[.]iris[.].*"}[5m]))) > 500, "model", "iris"');
  expect(rules[0].expr).toContain('route=~"httproute[.]ml[.]slow[.].*"}[5m]))) > 3000, "model", "slow"');
});

test('keeps models in MinIO where there is no cloud, with credentials that KServe finds', () => {
  const { ml } = charts(standard({ storage: { kind: 'minio', sizeGiB: 10 } }), local);
  const account = find(ml, 'ServiceAccount', 'ml-models');
  const { template } = find(ml, 'ExternalSecret', 'minio-credentials').spec.target;

  expect(find(ml, 'InferenceService', 'iris').spec.predictor.model.storageUri).toBe('s3://models/ml/iris/v2');
  expect(account.secrets).toEqual([{ name: 'minio-credentials' }]);
  expect(template.metadata.annotations).toMatchObject({
    'serving.kserve.io/s3-endpoint': 'minio.ml.svc.cluster.local:9000',
    'serving.kserve.io/s3-usehttps': '0',
  });
  expect(policies(ml)).toEqual(expect.arrayContaining(['iris-to-minio', 'minio-from-iris', 'minio-from-sample-model']));
  expect(policies(ml)).not.toContain('iris-to-internet');
});

test('has MinIO running before the sample is put into it', () => {
  const { ml } = charts(standard({ storage: { kind: 'minio', sizeGiB: 10 } }), local);
  const wave = (kind: string, name: string) => Number(find(ml, kind, name).metadata.annotations?.['argocd.argoproj.io/sync-wave']);

  expect(wave('Deployment', 'minio')).toBeLessThan(wave('Job', 'sample-model'));
  expect(wave('Service', 'minio')).toBeLessThan(wave('Job', 'sample-model'));
});

test('reads a bucket of Google Cloud by the identity of the service account there', () => {
  const cloud = { kind: 'gcp', project: 'example', location: 'eu', cluster: 'one' } as const;
  const { ml } = charts(standard(), { ...euWest1, platform: gke, cloud, modelBucket: 'models' });

  expect(find(ml, 'InferenceService', 'iris').spec.predictor.model.storageUri).toBe('gs://models/ml/iris/v2');
  expect(find(ml, 'ServiceAccount', 'ml-models').metadata.annotations).toMatchObject({
    'iam.gke.io/gcp-service-account': 'ml-models@example.iam.gserviceaccount.com',
  });
});

test('refuses a bucket that the region does not have', () => {
  expect(() => charts(standard(), local)).toThrow(
    'Cannot keep models of "local" in a bucket as the region has none on AWS or Google Cloud: give it a modelBucket, or take minio',
  );
});

test('gives a new version of a model a share of the requests, where Knative divides them', () => {
  const canary = predictor(knative({ models: [{ ...waking, canaryTrafficPercent: 10 }] }));

  expect(canary).toMatchObject({ canaryTrafficPercent: 10, minReplicas: 0, scaleMetric: 'concurrency', scaleTarget: 10 });
  expect(predictor(knative())).not.toHaveProperty('canaryTrafficPercent');
  expect(predictor(standard())).not.toHaveProperty('canaryTrafficPercent');
  // @ts-expect-error a Deployment has one version, so a share of it cannot be written
  expect(standard({ models: [{ ...iris, canaryTrafficPercent: 10 }] })).toBeDefined();
});

test('asks a model of Knative through its gateway, by its name there', () => {
  const { ml, edge } = charts(knative());
  const { metadata, spec } = find(ml, 'Service', 'iris-api');

  expect(find(ml, 'InferenceService', 'iris').metadata.annotations).toMatchObject({ 'serving.kserve.io/deploymentMode': 'Knative' });
  expect(spec).toMatchObject({ type: 'ExternalName', externalName: 'kourier-internal.knative-serving.svc.cluster.local' });
  expect(metadata.annotations).toMatchObject({ 'konghq.com/host-header': 'iris-predictor.ml.svc.cluster.local' });
  expect(find(ml, 'HTTPRoute', 'iris').metadata.annotations).toMatchObject({ 'konghq.com/preserve-host': 'false' });
  expect(policies(edge)).toContain('kong-to-iris');
  expect(policies(ml)).toEqual(expect.arrayContaining(['iris-from-kourier', 'iris-from-activator', 'iris-from-autoscaler']));
});

test('maps a domain to each model where that is asked for, and calls the model by it', () => {
  const { ml } = charts(knative({ exposure: 'knative-domain' }));
  const claim = find(ml, 'ClusterDomainClaim', 'iris.models.example.com');

  expect([claim.metadata.namespace, claim.spec]).toEqual([undefined, { namespace: 'ml' }]);
  expect(find(ml, 'DomainMapping', 'iris.models.example.com').spec.ref).toEqual({
    ...{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'iris-predictor', namespace: 'ml' },
  });
  expect(find(ml, 'Service', 'iris-api')).toMatchObject({
    metadata: { annotations: { 'konghq.com/host-header': 'iris.models.example.com' } },
    spec: { externalName: 'kourier.knative-serving.svc.cluster.local' },
  });
  expect(find(ml, 'HTTPRoute', 'iris').metadata.annotations?.['konghq.com/plugins']).toContain('model-clients');
  expect(charts(knative()).ml.some(({ kind }) => kind === 'DomainMapping')).toBe(false);
  // @ts-expect-error a Deployment is nothing that a domain of Knative could be mapped to
  expect(standard({ exposure: 'knative-domain' })).toBeDefined();
});

test('leaves out of pods what Knative decides itself', () => {
  const { deploymentStrategy, terminationGracePeriodSeconds } = predictor(knative());
  const [container] = find(charts(knative()).ml, 'ServingRuntime', 'triton').spec.containers;

  expect([deploymentStrategy, terminationGracePeriodSeconds]).toEqual([undefined, undefined]);
  expect(container.ports).toEqual([{ containerPort: 8080, protocol: 'TCP' }]);
});

test('asks members of the mesh for mutual TLS, and lets in only those that it knows', () => {
  const { ml } = charts(standard(), euWest1, 'strict');

  expect(find(ml, 'PeerAuthentication', 'mesh-members').spec).toEqual({ mtls: { mode: 'STRICT' } });
  expect(find(ml, 'AuthorizationPolicy', 'mesh-members').spec).toEqual({
    action: 'ALLOW',
    rules: [{ from: [{ source: { namespaces: ['ml', 'edge', 'monitoring'] } }] }],
  });
});

test('takes plain text as well where the mesh is permissive, and so asks nobody who they are', () => {
  const { ml } = charts(standard(), euWest1, 'permissive');

  expect(find(ml, 'PeerAuthentication', 'mesh-members').spec).toEqual({ mtls: { mode: 'PERMISSIVE' } });
  expect(ml.some(({ kind }) => kind === 'AuthorizationPolicy')).toBe(false);
});

test('lets the tunnel between members and the probes of kubelet through, at models and at the gateway', () => {
  const { ml, edge } = charts(standard(), euWest1, 'strict');
  const ports = ({ spec }: Manifest) =>
    [...spec.ingress, ...spec.egress].flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
  const [models, gateway] = [find(ml, 'NetworkPolicy', 'models-in-mesh'), find(edge, 'NetworkPolicy', 'kong-in-mesh')];

  expect(ports(models)).toEqual([15008, 8080, 9121, 15008]); // models, and the exporter of the counters
  expect(ports(gateway)).toEqual([15008, 8100, 10254, 15008]); // proxy and controller
  const kept = find(charts(standard({ storage: { kind: 'minio', sizeGiB: 10 } }), euWest1, 'strict').ml, 'NetworkPolicy', 'models-in-mesh');
  expect(ports(kept)).toEqual([15008, 8080, 9121, 9000, 15008]); // and MinIO
  for (const { spec } of [models, gateway]) expect(spec.ingress[1].from).toEqual([{ ipBlock: { cidr: '169.254.7.127/32' } }]);
  expect(policies(charts(standard()).ml)).not.toContain('models-in-mesh');
});

test('refuses mutual TLS where the parts of Knative could not take part', () => {
  expect(() => charts(knative(), euWest1, 'strict')).toThrow('Cannot ask for mutual TLS of models on "Knative"');
  expect(() => charts(knative(), euWest1, 'permissive')).not.toThrow();
});

test('has KServe and the mesh watched', () => {
  const monitors = charts(standard(), euWest1, 'strict').ml.flatMap(({ kind, metadata }) => (kind === 'PodMonitor' ? [metadata.name] : []));

  expect(monitors).toEqual(expect.arrayContaining(['iris', 'kserve-controller', 'istiod', 'ztunnel']));
});

test('has the parts of Knative watched where they serve, and nowhere else', () => {
  const watched = (settings: MlSettings) => charts(settings).ml.filter(({ kind }) => kind === 'PodMonitor');

  expect(find(watched(knative()), 'PodMonitor', 'activator').spec).toMatchObject({
    namespaceSelector: { matchNames: ['knative-serving'] },
    podMetricsEndpoints: [{ portNumber: 9090, path: '/metrics' }],
  });
  expect(watched(knative()).map(({ metadata }) => metadata.name)).toContain('autoscaler');
  expect(watched(standard()).map(({ metadata }) => metadata.name)).not.toContain('activator');
});

test('asks one more replica where the first does not take the connection', () => {
  expect(find(charts(standard()).ml, 'Service', 'iris-api').metadata.annotations).toMatchObject({ 'konghq.com/retries': '1' });
});

describe('behind Istio’s gateway', () => {
  const published = (change: Partial<IstioMlSettings> = {}) => charts(istio(change), euWest1, 'strict');
  const route = (runtime: StandardModel['runtime'], path?: `/${string}`) => {
    const model = { ...iris, runtime, ...(path === undefined ? {} : { path }) };
    return find(published({ runtimes: [runtime], models: [model] }).ml, 'VirtualService', 'iris').spec;
  };

  test('publishes a model by the path of its runtime, and all that is below it', () => {
    expect(route('sklearn')).toEqual({
      gateways: ['istio-ingress/ml'],
      hosts: ['models.example.com'],
      http: [
        {
          match: [{ uri: { exact: '/v1/models/iris:predict' } }, { uri: { prefix: '/v1/models/iris:predict/' } }],
          route: [{ destination: { host: 'iris-api.ml.svc.cluster.local', port: { number: 80 } } }],
          timeout: '70s',
          retries: { attempts: 1, retryOn: 'connect-failure,refused-stream,reset' },
        },
      ],
    });
  });

  test('exchanges the beginning of a path where the server knows another one', () => {
    const ways = ({ http }: { http: { match: object[]; rewrite: object }[] }) => http.map(({ match, rewrite }) => [match, rewrite]);

    expect(ways(route('huggingface'))).toEqual([
      [[{ uri: { exact: '/openai/iris' } }], { uri: '/openai' }],
      [[{ uri: { prefix: '/openai/iris/' } }], { uri: '/openai/' }],
    ]);
    expect(ways(route('sklearn', '/flowers/'))).toEqual([
      [[{ uri: { exact: '/flowers' } }], { uri: '/v1/models/iris:predict' }],
      [[{ uri: { prefix: '/flowers/' } }], { uri: '/v1/models/iris:predict/' }],
    ]);
    expect(ways(route('sklearn', '/'))).toEqual([[[{ uri: { prefix: '/' } }], { uri: '/v1/models/iris:predict/' }]]);
  });

  test('lets nobody in without a token for these models, before anything is published', () => {
    const { ml } = published();
    const [tokens, policy, virtual] = [
      ['RequestAuthentication', 'model-clients'],
      ['AuthorizationPolicy', 'model-clients'],
      ['VirtualService', 'iris'],
    ].map(([kind = '', name = '']) => find(ml, kind, name)) as [Manifest, Manifest, Manifest];
    const wave = ({ metadata }: Manifest) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave']);

    expect(tokens.spec.jwtRules).toEqual([
      {
        ...{ issuer: clients.issuer, audiences: ['models'], jwksUri: clients.jwksUri },
        fromHeaders: [{ name: 'Authorization', prefix: 'Bearer ' }],
      },
    ]);
    expect(policy.spec).toMatchObject({
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notRequestPrincipals: ['https://login.example.com/*'] } }],
          to: [{ operation: { notPorts: ['80'] } }],
        },
      ],
    });
    for (const { metadata, spec } of [tokens, policy]) {
      expect([metadata.namespace, spec.selector]).toEqual(['istio-ingress', { matchLabels: { istio: 'ingressgateway' } }]);
    }
    expect(Math.max(wave(tokens), wave(policy))).toBeLessThan(wave(virtual));
  });

  test('has nothing of Kong’s: no routes, plugins, consumers, counters and no annotations', () => {
    const { ml } = published();

    expect(ml.filter(({ kind }) => /^(HTTPRoute|Kong.*|StatefulSet|ExternalSecret)$/.test(kind))).toEqual([]);
    expect(find(ml, 'Service', 'iris-api').metadata.annotations).toBeUndefined();
  });

  test('lets its pods reach models, through the tunnel of the mesh as well, and Kong reach none', () => {
    const { ml, edge } = published();
    const callers = find(ml, 'AuthorizationPolicy', 'mesh-members').spec.rules[0].from[0].source.namespaces;
    const tunnel = find(edge, 'NetworkPolicy', 'istio-ingressgateway-to-mesh');
    const members = find(ml, 'NetworkPolicy', 'models-in-mesh').spec.ingress;

    expect(policies(ml)).toContain('iris-from-istio-ingressgateway');
    expect(policies(edge)).toEqual(['istio-ingressgateway-to-iris', 'istio-ingressgateway-to-mesh']);
    expect(callers).toEqual(['ml', 'istio-ingress', 'monitoring']);
    expect([tunnel.metadata.namespace, tunnel.spec.egress[0].ports]).toEqual(['istio-ingress', [{ port: 15008, protocol: 'TCP' }]]);
    expect(members[0].from).toContainEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-ingress' } },
      podSelector: { matchLabels: { istio: 'ingressgateway' } },
    });
    expect(members[1].ports).toEqual([{ port: 8080, protocol: 'TCP' }]); // there is no exporter of counters
  });

  test('watches models by what that gateway tells', () => {
    const [{ rules }] = find(published().ml, 'PrometheusRule', 'models').spec.groups;

    expect(rules[0].expr).toMatch(/istio_request_duration_milliseconds_bucket\{.*destination_service_name="iris-api"\}\[5m\]\)\)\) > 500/);
    expect(rules[1].expr).toContain('destination_service_name="iris-api", response_code=~"5.."}');
    expect(JSON.stringify(rules)).not.toContain('kong');
  });

  test('is refused without a mesh, and elsewhere does not compile', () => {
    expect(() => charts(istio())).toThrow('Cannot publish models through "istio-gateway" as the target has no mesh');
    expect(() => charts(istio(), euWest1, 'permissive')).not.toThrow();
    // @ts-expect-error the parts of Knative are no members of a mesh
    expect(knative({ exposure: 'istio-gateway' })).toBeDefined();
    // @ts-expect-error nobody counts requests there
    expect(istio({ requestsPerMinute: 600 })).toBeDefined();
    // @ts-expect-error who lets clients in is told to Istio’s gateway alone
    expect(standard({ clients })).toBeDefined();
  });
});

import { App } from 'cdk8s';

import { aks, eks, gke, k3s, microk8s, minikube } from '../environments/platforms';
import { germanyWestCentral, local, usWest2 } from '../environments/regions';
import { isClusterScoped } from '../kubernetes/cluster-scoped';
import type { Manifest } from '../kubernetes/manifest';
import type { Platform } from '../regions/platform';
import type { Cloud, Region } from '../regions/region';
import { type ImageName, imageOf } from '../releases/images';
import { dataPlanes } from '../routing/kong';
import { findProblems } from '../rules/check-target';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { FoundationChart, type FoundationChartProps } from './foundation-chart';

const quotas: FoundationChartProps['settings']['quotas'] = {
  edge: { cpus: 4, memoryGiB: 8, pods: 12 },
  litellm: { cpus: 4, memoryGiB: 8, pods: 12 },
  llm: { cpus: 40, memoryGiB: 224, pods: 20, gpus: 8 },
};

const tags: Partial<Record<ImageName, string>> = { 'kube-scheduler': 'v1.34.2', 'nvidia-device-plugin': 'v0.20.0' };

function synth(change: Partial<FoundationChartProps> = {}): readonly Manifest[] {
  const region = change.region ?? usWest2;
  const chart = new FoundationChart(new App(), 'foundation', {
    region,
    settings: { quotas },
    store: secretStore(region.platform),
    addons: ['cert-manager', 'external-secrets', 'monitoring-system'],
    dataPlanes: dataPlanes(['llm-service']),
    tls: { kind: 'internal-ca' },
    hosts: ['api.example.com'],
    knative: false,
    meshed: false,
    image: (name) => imageOf({ repository: `registry.example.com/${name}`, tag: tags[name] ?? 'v1', digest: 'unresolved' }),
    ...change,
  });
  return chart.synthesize().manifests;
}

/** A region of each platform: its storage, its load balancer, its store and its way to the GPUs. */
function regionOn(platform: Platform, cloud: Cloud): Region {
  const facts = { addressPool: '10.64.140.43-10.64.140.49', sharedFileSystem: 'fs-0123456789abcdef0' };
  return { ...usWest2, ...facts, platform, cloud };
}

const gcp: Cloud = { kind: 'gcp', project: 'example', location: 'europe-west3', cluster: 'serving' };

test.each([
  { platform: aks, cloud: germanyWestCentral.cloud, provider: 'azurekv', objects: [] },
  { platform: eks, cloud: usWest2.cloud, provider: 'aws', objects: ['DaemonSet/nvidia-device-plugin-daemonset'] },
  { platform: gke, cloud: gcp, provider: 'gcpsm', objects: [] },
  { platform: microk8s, cloud: local.cloud, provider: 'kubernetes', objects: ['IPAddressPool/local-network', 'ExternalSecret/acr-secret'] },
  { platform: k3s, cloud: local.cloud, provider: 'kubernetes', objects: ['ExternalSecret/acr-secret'] },
  { platform: minikube, cloud: local.cloud, provider: 'kubernetes', objects: ['ExternalSecret/acr-secret'] },
])('lays the ground on $platform.name', ({ platform, cloud, provider, objects }) => {
  const manifests = synth({
    region: regionOn(platform, cloud),
    addons: ['cert-manager', 'external-secrets', 'metallb-system', 'monitoring-system'],
  });
  const optional = new Set(['DaemonSet', 'ExternalSecret', 'IPAddressPool']);
  const found = manifests.filter(({ kind }) => optional.has(kind)).map(({ kind, metadata }) => `${kind}/${metadata.name}`);

  expect([...new Set(found)].sort()).toEqual([...objects].sort());
  expect(Object.keys(find(manifests, 'ClusterSecretStore', 'platform').spec.provider)).toEqual([provider]);
  expect(find(manifests, 'StorageClass', 'data-block').provisioner).toBe(platform.storage.block.provisioner);
  expect(find(manifests, 'StorageClass', 'model-shared').provisioner).toBe(platform.storage.shared.provisioner);
});

test.each([usWest2, germanyWestCentral, { ...local, gpuPool: usWest2.gpuPool } as Region])('breaks no rule in $name', (region) => {
  const addons = ['cert-manager', 'external-secrets', 'metallb-system', 'monitoring-system'] as const;
  const apps = [{ name: 'foundation', namespace: 'kube-system', manifests: synth({ region, addons }) }];
  const read = new Set(['secrets-are-read']); // the service accounts that read the pull secret are in other apps

  const problems = findProblems({ environment: 'test', region: region.name, apps }, '2026-12-01');

  expect(problems.filter(({ rule }) => !read.has(rule.id)).map(({ rule, message }) => `${rule.id}: ${message}`)).toEqual([]);
});

test('names the namespace of every object that has one', () => {
  const namespaces = new Set(['kube-system', ...synth().flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []))]);

  for (const manifest of synth()) {
    const { namespace } = manifest.metadata;
    expect(isClusterScoped(manifest) ? namespace === undefined : namespaces.has(namespace ?? '')).toBe(true);
  }
});

test('holds pods of ours to the restricted standard, and says why where an addon cannot keep it', () => {
  const manifests = synth();
  const level = (name: string) => find(manifests, 'Namespace', name).metadata.labels?.['pod-security.kubernetes.io/enforce'];

  expect(['edge', 'litellm', 'llm', 'cert-manager'].map(level)).toEqual(['restricted', 'restricted', 'restricted', 'restricted']);
  expect(level('monitoring-system')).toBe('privileged');
  expect(find(manifests, 'Namespace', 'monitoring-system').metadata.annotations?.['slipway.dev/pod-security-reason']).toContain(
    'node-exporter',
  );
});

test('never lets a sync remove a namespace, or a class that volumes grow by', () => {
  for (const { kind, metadata } of synth()) {
    if (kind === 'Namespace' || kind === 'StorageClass')
      expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
  }
});

test('admits routes of gateways and services of ours to the public gateway, but none of models', () => {
  const manifests = synth();
  const publishes = (name: string) => find(manifests, 'Namespace', name).metadata.labels?.['slipway.dev/publishes'];

  expect(['edge', 'litellm', 'llm', 'monitoring-system'].map(publishes)).toEqual(['true', 'true', undefined, undefined]);
});

test('counts proxies as ready once the load balancer knows them, where that takes minutes', () => {
  const gate = (name: string, region: Region) =>
    find(synth({ region }), 'Namespace', name).metadata.labels?.['elbv2.k8s.aws/pod-readiness-gate-inject'];

  expect([gate('edge', usWest2), gate('litellm', usWest2), gate('edge', germanyWestCentral)]).toEqual(['enabled', undefined, undefined]);
});

test.each(['edge', 'litellm', 'llm'])('denies all traffic in %s but for DNS', (namespace) => {
  const policies = synth().filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === namespace);
  const [deny, dns] = policies.map(({ spec }) => spec);

  expect(deny).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  expect(dns.egress[0].ports.map(({ protocol, port }: { protocol: string; port: number }) => `${protocol}/${port}`)).toEqual([
    'UDP/53',
    'TCP/53',
  ]);
  expect(policies).toHaveLength(2);
});

test('lets pods ask the node-local DNS cache where there is one', () => {
  const [{ to }] = find(
    synth({ region: regionOn(gke, gcp) }).filter(({ metadata }) => metadata.namespace === 'llm'),
    'NetworkPolicy',
    'allow-dns',
  ).spec.egress;

  expect(to[1]).toEqual({ ipBlock: { cidr: '169.254.20.10/32' } });
});

test('grants what the quota says, and GPUs to nobody else', () => {
  const hard = (namespace: string) =>
    find(
      synth().filter(({ metadata }) => metadata.namespace === namespace),
      'ResourceQuota',
      'quota',
    ).spec.hard;

  expect(hard('llm')).toMatchObject({ 'requests.cpu': '40', 'requests.memory': '224Gi', 'requests.nvidia.com/gpu': '8', pods: '20' });
  expect(hard('litellm')).toMatchObject({ 'requests.nvidia.com/gpu': '0', 'services.loadbalancers': '0', 'services.nodeports': '0' });
  expect(hard('edge')).not.toHaveProperty(['services.loadbalancers']);
});

test('has programs that look after engines read there, and nowhere else', () => {
  const manifests = synth();
  const inNamespace = (namespace: string) => manifests.filter(({ metadata }) => metadata.namespace === namespace);
  const readersOf = (namespace: string) =>
    find(inNamespace(namespace), 'RoleBinding', 'service-reader').subjects.map(({ name }: { name: string }) => name);

  expect(readersOf('llm')).toEqual(['slipway-service-readers', 'llm-service-operator']);
  expect(readersOf('edge')).toEqual(['slipway-service-readers']);
  expect(find(manifests, 'ServiceAccount', 'llm-service-operator').automountServiceAccountToken).toBe(false);
});

test('does not mention GPUs where there are none', () => {
  const withoutGpus = { edge: { cpus: 4, memoryGiB: 4, pods: 12 }, llm: { cpus: 6, memoryGiB: 16, pods: 8 } };

  expect(JSON.stringify(synth({ region: local, settings: { quotas: withoutGpus } }))).not.toContain('nvidia.com');
});

test('limits containers to the nodes that they run on', () => {
  const max = (namespace: string) =>
    find(
      synth().filter(({ metadata }) => metadata.namespace === namespace),
      'LimitRange',
      'limits',
    ).spec.limits[0].max;

  expect(max('llm')).toEqual({ cpu: '48', memory: '384Gi' });
  expect(max('litellm')).toEqual({ cpu: '16', memory: '32Gi' });
});

test('refuses a quota of GPUs where there are none', () => {
  expect(() => synth({ region: local })).toThrow('Cannot grant 8 GPUs in "local" as the region has none: take gpus out of the quota');
});

test('keeps premium disks of AKS in a class of our own, which outlives claims', () => {
  expect(find(synth({ region: germanyWestCentral }), 'StorageClass', 'data-block')).toMatchObject({
    provisioner: 'disk.csi.azure.com',
    parameters: { skuName: 'Premium_LRS' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test('binds shared volumes at once where every node reaches them, and with their pod where they are a folder of a node', () => {
  const mode = (region: Region) => find(synth({ region }), 'StorageClass', 'model-shared').volumeBindingMode;

  expect(mode(usWest2)).toBe('Immediate');
  expect(mode(regionOn(k3s, local.cloud))).toBe('WaitForFirstConsumer');
});

test('makes shared volumes on the file system of the region', () => {
  const { sharedFileSystem, ...without } = usWest2;

  expect(find(synth(), 'StorageClass', 'model-shared').parameters.fileSystemId).toBe(sharedFileSystem);
  expect(() => synth({ region: without })).toThrow('Cannot make shared volumes in "us-west-2" as EFS needs a file system to make them on');
});

test('lets a developer’s store be read, and no other Secret beside it', () => {
  const manifests = synth({ region: regionOn(microk8s, local.cloud) });

  expect(find(manifests, 'Role', 'secret-store').rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['local-store'], verbs: ['get'] },
  ]);
  expect(find(manifests, 'RoleBinding', 'secret-store').subjects).toEqual([
    { kind: 'ServiceAccount', name: 'secret-store', namespace: 'external-secrets' },
  ]);
});

test('copies the certificate of its own CA to the gateway’s namespace, by an account that may get that one Secret', () => {
  const manifests = synth();

  expect(find(manifests, 'ClusterSecretStore', 'internal-ca').spec).toMatchObject({
    conditions: [{ namespaces: ['edge'] }],
    provider: { kubernetes: { remoteNamespace: 'edge', auth: { serviceAccount: { name: 'internal-ca', namespace: 'external-secrets' } } } },
  });
  expect(find(manifests, 'Role', 'internal-ca')).toMatchObject({
    metadata: { namespace: 'edge' },
    rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['kong-ssl-certs'], verbs: ['get'] }],
  });
  expect(find(manifests, 'RoleBinding', 'internal-ca').subjects).toEqual([
    { kind: 'ServiceAccount', name: 'internal-ca', namespace: 'external-secrets' },
  ]);
  expect(find(manifests, 'ServiceAccount', 'internal-ca').automountServiceAccountToken).toBe(false);
});

test('copies no certificate that everybody trusts anyway', () => {
  const tls = { kind: 'lets-encrypt', server: 'production', email: 'platform@example.com', challenge: { kind: 'http01' } } as const;

  expect(synth({ tls }).filter(({ metadata }) => metadata.name === 'internal-ca')).toEqual([]);
});

test('reads cloud secrets by an identity, and only for namespaces that have some', () => {
  const manifests = synth();

  expect(find(manifests, 'ServiceAccount', 'secret-store').metadata.annotations).toMatchObject({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/secret-store',
  });
  expect(find(manifests, 'ClusterSecretStore', 'platform').spec.conditions).toEqual([
    { namespaces: ['edge', 'litellm', 'llm', 'cert-manager'] },
  ]);
});

test('lets agents of nodes fetch secrets where they write logs to a server that asks who they are', () => {
  const namespaces = (logs: FoundationChartProps['logs']) =>
    find(synth({ logs }), 'ClusterSecretStore', 'platform').spec.conditions[0].namespaces;

  expect(namespaces({ kind: 'elasticsearch', url: 'https://logs.example.com', network: '10.0.0.0/8' })).toContain('kube-system');
  expect(namespaces(undefined)).not.toContain('kube-system');
});

test('refuses a store of another cloud than the region’s', () => {
  expect(() => synth({ region: regionOn(aks, usWest2.cloud) })).toThrow(
    'Cannot read secrets of "us-west-2" as azure-key-vault is not in a cloud of kind aws: correct the region\'s cloud',
  );
});

test('runs the device plugin on GPU nodes only, without privileges', () => {
  const { spec } = find(synth(), 'DaemonSet', 'nvidia-device-plugin-daemonset').spec.template;
  const [container] = spec.containers;

  expect(spec.nodeSelector).toEqual(usWest2.gpuPool?.labels);
  expect(spec.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(container.env).toEqual([{ name: 'FAIL_ON_INIT_ERROR', value: 'false' }]);
  expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
});

test('runs a scheduler of its own only where GPUs are packed, and breaks no rule with it', () => {
  const packed = synth({ settings: { quotas, packGpus: true } });
  const apps = [{ name: 'foundation', namespace: 'kube-system', manifests: packed }];

  expect(synth().map(({ kind }) => kind)).not.toContain('Deployment');
  expect(find(packed, 'Deployment', 'gpu-scheduler').metadata.namespace).toBe('kube-system');
  expect(findProblems({ environment: 'test', region: 'us-west-2', apps }, '2026-12-01')).toEqual([]);
});

test('gives each data plane its class and its plugins, which no other data plane loads', () => {
  const manifests = synth();

  expect(find(manifests, 'GatewayClass', 'kong').spec.controllerName).toBe('konghq.com/kic-gateway-controller');
  expect(find(manifests, 'GatewayClass', 'kong-internal').spec.controllerName).toBe('konghq.com/kic-internal-controller');
  expect(find(manifests, 'KongClusterPlugin', 'kong-internal-prometheus').metadata).toMatchObject({
    labels: { global: 'true' },
    annotations: { 'kubernetes.io/ingress.class': 'kong-internal' },
  });
});

test('refuses MetalLB without addresses', () => {
  const { addressPool: _, ...without } = regionOn(microk8s, local.cloud);

  expect(() => synth({ region: without })).toThrow('give the region an addressPool');
});

test('makes members of the mesh of all pods in the namespace of the models, and of no other', () => {
  const member = (name: string, meshed: boolean) =>
    find(synth({ meshed, settings: { quotas: { ...quotas, ml: { cpus: 4, memoryGiB: 8, pods: 10 } } } }), 'Namespace', name).metadata
      .labels?.['istio.io/dataplane-mode'];

  expect(member('ml', true)).toBe('ambient');
  expect([member('litellm', true), member('edge', true), member('ml', false)]).toEqual([undefined, undefined, undefined]);
});

test('shuts the namespace of Istio’s gateway, and tells the load balancer of its pods', () => {
  const manifests = synth({ addons: ['cert-manager', 'istio-ingress'] });
  const { labels } = find(manifests, 'Namespace', 'istio-ingress').metadata;
  const [deny] = manifests.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'istio-ingress');

  expect(labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
  });
  expect([deny?.metadata.name, deny?.spec.policyTypes]).toEqual(['default-deny', ['Ingress', 'Egress']]);
  expect(find(manifests, 'Namespace', 'cert-manager').metadata.labels).not.toHaveProperty(['elbv2.k8s.aws/pod-readiness-gate-inject']);
});

test('asks for Knative where models are its Services, with a gateway that stays inside', () => {
  const { spec } = find(synth({ knative: true }), 'KnativeServing', 'knative-serving');

  expect(spec.ingress).toEqual({ kourier: { enabled: true, 'service-type': 'ClusterIP' } });
  expect(spec.config.observability).toMatchObject({ 'metrics-protocol': 'prometheus' });
  expect(spec.config.features).toMatchObject({ 'kubernetes.podspec-securitycontext': 'enabled' });
  expect(synth().some(({ kind }) => kind === 'KnativeServing')).toBe(false);
});

test('has the public gateway alone send its spans to who takes them', () => {
  const traces = { name: 'otel-collector', namespace: 'monitoring', pods: {}, host: 'collector.example', port: 4318, podPort: 4318 };
  const senders = (manifests: readonly Manifest[]) => manifests.filter(({ plugin }) => plugin === 'opentelemetry');

  expect(senders(synth())).toEqual([]);
  expect(senders(synth({ traces }))).toMatchObject([
    {
      metadata: { name: 'kong-opentelemetry', labels: { global: 'true' } },
      config: { traces_endpoint: 'http://collector.example:4318/v1/traces', sampling_rate: 1 },
    },
  ]);
});

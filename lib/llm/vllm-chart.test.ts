import { App } from 'cdk8s';

import { flaggerChecksum } from '../delivery/release-marker';
import type { ReleasePolicy } from '../delivery/release-policy';
import { eks } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import type { Manifest } from '../kubernetes/manifest';
import { catalog } from '../models/catalog';
import { engineBudgets } from '../models/engine-budgets';
import type { GpuPool } from '../regions/region';
import { modelOf } from '../releases/models';
import type { InternalGateway } from '../routing/gateway';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import type { VllmSettings } from './llm-settings';
import { VllmChart } from './vllm-chart';

const pool: GpuPool = {
  ...{ instanceType: 'g6e.12xlarge', gpu: 'l40s', gpusPerNode: 4, minNodes: 3, maxNodes: 12, cpus: 48, memoryGiB: 384 },
  ...{ labels: { 'node-type': 'gpu' }, taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
};
const settings: VllmSettings = {
  ...{ engine: 'vllm', server: 'llm-service', model: 'llama-2-70b-chat-awq', gpus: 2, gpuMemoryUtilization: 0.9, maxModelLen: 4096 },
  ...{ maxNumSeqs: 256, maxNumBatchedTokens: 4096, replicas: { min: 6, max: 12 }, longestAnswerSeconds: 600, modelVolumeGiB: 200 },
  release: { kind: 'canary', canaryReplicas: { min: 1, max: 2 } },
  slo: { timeToFirstToken: 2.5, interTokenLatency: 0.1 },
};
const fields = { source: 'hf://owner/model', revision: 'a'.repeat(40), sha256: 'b'.repeat(64), size: '36.6 GB' };

function synth(
  change: Partial<VllmSettings> = {},
  pinned: Partial<typeof fields & { attempt: number }> = {},
  { packed = false, recommendSizes = false } = {},
): readonly Manifest[] {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const proxies = { name: 'kong-internal', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong-internal' }, scope: edge };
  const gateway: InternalGateway = {
    ...{ name: 'internal', namespace: 'edge', listeners: ['http'], hosts: [], proxies },
    endpoint: (server) => ({ ...proxies, host: `${server}.edge.svc.cluster.local`, port: 80, podPort: 8000 }),
  };
  const pin = modelOf('llama-2-70b-chat-awq', { ...fields, ...pinned });
  const chart = new VllmChart(app, 'llm', {
    ...{
      settings: { ...settings, ...change },
      model: catalog['llama-2-70b-chat-awq'],
      pin,
      pool,
      packed,
      recommendSizes,
      budgets: engineBudgets(pin.bytes, 300, 600),
    },
    ...{ stored: { claim: 'model-store', folder: 'llama/aaaa', mark: fields.sha256, fetchSeconds: 600 }, compileCache: 'compile-cache' },
    ...{ image: (name) => `registry.example.com/${name}:v1`, imagePullSecrets: [], store: secretStore(eks), gateway },
  });
  return chart.synthesize().manifests;
}

const podOf = (manifests: readonly Manifest[]) => find(manifests, 'Deployment', 'llm-service').spec.template.spec;

test('asks for as many GPUs as the tensors are split over, in requests and limits alike', () => {
  const [engine] = podOf(synth()).containers;

  expect(engine.resources.requests).toEqual({ 'nvidia.com/gpu': '2', cpu: '8', memory: '48Gi' });
  expect(engine.resources.limits).toEqual({ 'nvidia.com/gpu': '2', cpu: '16', memory: '48Gi' });
  expect(find(synth(), 'ConfigMap', 'llm-service-config').data['config.yaml']).toContain('tensor-parallel-size: 2\n');
});

test('logs JSON, the engine and the HTTP server in it alike, but for what probes and Prometheus ask', () => {
  const { filters, formatters, handlers, loggers } = JSON.parse(find(synth(), 'ConfigMap', 'llm-service-config').data['logging.json']);

  expect(filters.probes.excluded_paths).toEqual(['/health', '/metrics']);
  expect(handlers.stdout.filters).toEqual(['probes']);
  expect(formatters.json.class).toBe('pythonjsonlogger.json.JsonFormatter');
  expect(loggers).toMatchObject({ uvicorn: { handlers: ['stdout'], level: 'INFO' }, vllm: { handlers: ['stdout'], level: 'INFO' } });
});

test('spreads engines over zones and nodes', () => {
  const { schedulerName, topologySpreadConstraints } = podOf(synth());

  expect(schedulerName).toBeUndefined();
  expect(topologySpreadConstraints.map(({ topologyKey }: { topologyKey: string }) => topologyKey)).toEqual([
    'topology.kubernetes.io/zone',
    'kubernetes.io/hostname',
  ]);
});

test('spreads packed engines over zones alone: over nodes as well would be the opposite of packing', () => {
  const { schedulerName, topologySpreadConstraints } = podOf(synth({}, {}, { packed: true }));

  expect(schedulerName).toBe('gpu-scheduler');
  expect(topologySpreadConstraints).toHaveLength(1);
  expect(topologySpreadConstraints[0]).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' });
});

test('gives the shards shared memory, and a single GPU none', () => {
  const shared = (manifests: readonly Manifest[]) =>
    podOf(manifests).volumes.find(({ name }: { name: string }) => name === 'shared-memory');

  expect(shared(synth()).emptyDir).toEqual({ medium: 'Memory', sizeLimit: '16Gi' });
  expect(shared(synth({ gpus: 1, gpuMemoryUtilization: 0.95 }))).toBeUndefined();
});

test('probes within the start-up budget before liveness begins', () => {
  const [engine] = podOf(synth()).containers;

  expect(engine.startupProbe.failureThreshold * engine.startupProbe.periodSeconds).toBe(760);
  expect(engine.livenessProbe).toMatchObject({ periodSeconds: 30, timeoutSeconds: 10, httpGet: { path: '/health', port: 'http' } });
  expect(engine.readinessProbe).toMatchObject({ periodSeconds: 10, timeoutSeconds: 5 });
});

test('gives Deployment and Canary the same deadline, longer than a start', () => {
  const manifests = synth();
  const { progressDeadlineSeconds } = find(manifests, 'Deployment', 'llm-service').spec;

  expect(progressDeadlineSeconds).toBeGreaterThan(760);
  expect(find(manifests, 'Canary', 'llm-service').spec.progressDeadlineSeconds).toBe(progressDeadlineSeconds);
});

test('kills a pod only after its sleep and its drain', () => {
  const manifests = synth();
  const pod = podOf(manifests);

  expect(pod.containers[0].lifecycle.preStop.exec.command).toEqual(['sleep', '15']);
  expect(find(manifests, 'ConfigMap', 'llm-service-config').data['config.yaml']).toContain('shutdown-timeout: 600\n');
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(15 + 600);
});

test('waits for the verified revision it was told to serve, and mounts it read-only', () => {
  const pod = podOf(synth());

  expect(pod.initContainers[0].env).toContainEqual({ name: 'MODEL_MARK', value: fields.sha256 });
  expect(pod.volumes[0]).toEqual({ name: 'models', persistentVolumeClaim: { claimName: 'model-store', readOnly: true } });
});

test('leaves replicas, Services and the route to Flagger', () => {
  const manifests = synth();

  expect(find(manifests, 'Deployment', 'llm-service').spec).not.toHaveProperty('replicas');
  expect(manifests.filter(({ kind }) => kind === 'Service' || kind === 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual([
    'flagger-loadtester',
  ]);
});

test('weighs traffic on the host that clients call, and never above the canary share of the pods', () => {
  const { service, analysis, autoscalerRef } = find(synth(), 'Canary', 'llm-service').spec;

  expect(service.hosts).toEqual(['llm-service.edge.svc.cluster.local']);
  expect(service.gatewayRefs[0]).toMatchObject({ name: 'internal', namespace: 'edge' });
  expect(service.primary).toEqual(service.canary);
  expect(analysis.stepWeights).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(autoscalerRef.primaryScalerReplicas).toEqual({ minReplicas: 6, maxReplicas: 12 });
});

test('puts everything beside a Canary into one wave, since a second one would wait for the whole analysis', () => {
  const waves = (manifests: readonly Manifest[]) =>
    new Set(manifests.map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']));

  expect(waves(synth())).toEqual(new Set([undefined]));
  expect(waves(synth({ release: { kind: 'rolling', because: 'a test' } })).size).toBeGreaterThan(1);
});

test('sends the canary real completions, with the key, in less time than an interval', () => {
  const { webhooks, interval } = find(synth(), 'Canary', 'llm-service').spec.analysis;

  expect(interval).toBe('1m');
  for (const { metadata } of webhooks.filter(({ type }: { type: string }) => type !== 'rollback'))
    expect(metadata.cmd).toContain('http://llm-service-canary.llm.svc.cluster.local/v1/completions');
  expect(webhooks.find(({ type }: { type: string }) => type === 'rollout')).toMatchObject({ timeout: '10s', metadata: { type: 'cmd' } });
  expect(webhooks[0].metadata.cmd).toContain('-H "authorization: Bearer $ENGINE_API_KEY"');
});

test('gates every metric by a template of its own', () => {
  const manifests = synth();

  for (const metric of find(manifests, 'Canary', 'llm-service').spec.analysis.metrics) {
    expect(find(manifests, 'MetricTemplate', metric.templateRef.name).spec.provider.type).toBe('prometheus');
    expect(Object.keys(metric.thresholdRange)).toHaveLength(1);
  }
});

test('marks a release so that Argo CD knows which one Flagger must have seen', () => {
  const manifests = synth();
  const marker = find(manifests, 'ConfigMap', 'llm-service-release');

  expect(find(manifests, 'Canary', 'llm-service').metadata.annotations).toMatchObject({
    'slipway.dev/marker-configmap': 'llm-service-release',
    'slipway.dev/marker-checksum': flaggerChecksum(marker.data),
  });
  expect(podOf(manifests).containers[0].envFrom).toEqual([{ prefix: 'RELEASE_', configMapRef: { name: 'llm-service-release' } }]);
});

test.each<[string, Partial<VllmSettings>, Partial<typeof fields & { attempt: number }>]>([
  ['a setting of the engine', { maxNumSeqs: 128 }, {}],
  ['the replicas that Flagger gives the primary', { replicas: { min: 7, max: 12 } }, {}],
  ['the model', {}, { revision: 'c'.repeat(40) }],
  ['another attempt at the same model', {}, { attempt: 2 }],
])('makes a new release of a change of %s', (_, change, pinned) => {
  expect(find(synth(change, pinned), 'ConfigMap', 'llm-service-release').data).not.toEqual(
    find(synth(), 'ConfigMap', 'llm-service-release').data,
  );
});

test('releases blue/green by checks instead of weights, with a second set as large as the first', () => {
  const manifests = synth({ release: { kind: 'blue-green', iterations: 10 } });
  const { analysis } = find(manifests, 'Canary', 'llm-service').spec;

  expect(analysis.iterations).toBe(10);
  expect(analysis).not.toHaveProperty('stepWeights');
  expect(find(manifests, 'HorizontalPodAutoscaler', 'llm-service').spec).toMatchObject({ minReplicas: 6, maxReplicas: 12 });
});

test('lets a person order a rollback at the load tester, whose gate is shut', () => {
  const { webhooks } = find(synth(), 'Canary', 'llm-service').spec.analysis;

  expect(webhooks.filter(({ type }: { type: string }) => type === 'rollback')).toEqual([
    { name: 'abort', type: 'rollback', url: 'http://flagger-loadtester.llm.svc.cluster.local/rollback/check', timeout: '10s' },
  ]);
});

test('promotes without analysis for as long as somebody answers for it, which makes no release of its own', () => {
  const skipAnalysis = { owner: 'on-call', reason: 'answers are wrong since 09:30', until: '2026-12-05' };
  const skipping = synth({ release: { kind: 'canary', canaryReplicas: { min: 1, max: 2 }, skipAnalysis } });
  const canary = find(skipping, 'Canary', 'llm-service');
  const markerIn = (manifests: readonly Manifest[]) => find(manifests, 'ConfigMap', 'llm-service-release').data;

  expect(canary.spec.skipAnalysis).toBe(true);
  expect(canary.metadata.annotations?.['slipway.dev/exception.canary-is-analysed']).toBe(
    'on-call: answers are wrong since 09:30 (until 2026-12-05)',
  );
  expect(find(synth(), 'Canary', 'llm-service').spec.skipAnalysis).toBe(false);
  expect(markerIn(skipping)).toEqual(markerIn(synth()));
});

test('rolls by a Service of its own where nothing is analysed, and on a change of its configuration', () => {
  const rolling: ReleasePolicy = { kind: 'rolling', because: 'a test' };
  const manifests = synth({ release: rolling, replicas: { min: 1, max: 1 } });
  const template = (change: Partial<VllmSettings>) =>
    find(synth({ release: rolling, replicas: { min: 1, max: 1 }, ...change }), 'Deployment', 'llm-service').spec.template.metadata
      .annotations;

  expect(find(manifests, 'Deployment', 'llm-service').spec.replicas).toBe(1);
  expect(find(manifests, 'Service', 'llm-service').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  expect(manifests.filter(({ kind }) => ['Canary', 'HorizontalPodAutoscaler'].includes(kind))).toEqual([]);
  expect(template({ maxNumSeqs: 128 })).not.toEqual(template({}));
});

test.each([
  ['canary', 'llm-service-primary'],
  ['rolling', 'llm-service'],
] as const)('watches the pods that serve users for what they should request, with a %s release', (kind, deployment) => {
  const release: ReleasePolicy = kind === 'rolling' ? { kind, because: 'a test' } : settings.release;
  const { targetRef, resourcePolicy } = find(
    synth({ release }, {}, { recommendSizes: true }),
    'VerticalPodAutoscaler',
    'llm-service-vpa',
  ).spec;

  expect(targetRef.name).toBe(deployment);
  expect(resourcePolicy.containerPolicies).toMatchObject([
    { containerName: 'llm-service', minAllowed: { cpu: '4', memory: '16Gi' }, maxAllowed: { cpu: '32', memory: '128Gi' } },
  ]);
});

test('watches nobody where nobody asked', () => {
  expect(synth().filter(({ kind }) => kind === 'VerticalPodAutoscaler')).toEqual([]);
});

test('lets only the internal gateway, the load tester and Prometheus reach the engine', () => {
  const policies = synth().filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.startsWith('llm-service-from-'));

  expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
    'llm-service-from-flagger-loadtester',
    'llm-service-from-kong-internal',
    'llm-service-from-prometheus',
  ]);
  for (const { spec } of policies) expect(spec.podSelector.matchLabels).toEqual({ 'slipway.dev/workload': 'llm-service' });
});

test('fails with the arithmetic if primary, canary and surge need more GPUs than the pool has', () => {
  expect(() => synth({ replicas: { min: 6, max: 23 } })).toThrow(/25 pods .* need 50 GPUs and the pool has room for 12 nodes × 2 = 24/);
});

import { targets } from './lib/environments';
import type { Target } from './lib/environments/environment';
import { gke, k3s, microk8s, minikube } from './lib/environments/platforms';
import type { SynthesizedTarget } from './lib/kubernetes/synthesized';
import { knownNames, planOf, synthesizeTarget } from './lib/plan';
import { readReleases, releaseFiles } from './lib/releases/releases';
import { checkTarget } from './lib/rules/check-target';
import { problemsOfFleet } from './lib/testing/problems-of-fleet';
import { sample, samplePins } from './lib/testing/sample-target';

const releases = readReleases(releaseFiles('releases'), knownNames);
const pinsOf = ({ environment, region }: Target) => releases.pins(environment, region.name);

const samples = readReleases([samplePins], { ...knownNames, environments: { sample: [sample.region.name] } });
const synthesizeSample = (target: Target): SynthesizedTarget => synthesizeTarget(target, samples.pins('sample', sample.region.name));

describe('the platform', () => {
  for (const { name, manifests } of synthesizeSample(sample).apps) {
    test(`synthesizes the ${name} app`, () => {
      expect(manifests).toMatchSnapshot();
    });
  }

  test('breaks no rule on the sample', () => {
    expect(checkTarget(synthesizeSample(sample))).toEqual([]);
  });
});

describe.each(targets.map((target) => [`${target.environment}/${target.region.name}`, target] as const))('%s', (_, target) => {
  test('breaks no rule', () => {
    expect(checkTarget(synthesizeTarget(target, pinsOf(target)))).toEqual([]);
  });
});

test('breaks no rule as a fleet', () => {
  expect(problemsOfFleet(targets)).toEqual([]);
});

test('breaks no rule as a fleet with a region on another platform, and with regions that sync one after the other', () => {
  const { sharedFileSystem: _, backupStore: __, gpuPool, ...facts } = sample.region;
  const machine = { instanceType: 'n2-standard-16', cpus: 16, memoryGiB: 64 };
  const region: Target['region'] = {
    ...{ ...facts, platform: gke, modelBucket: 'models-of-google', zones: ['europe-west3-a', 'europe-west3-b', 'europe-west3-c'] },
    cloud: { kind: 'gcp', project: 'example', location: 'europe-west3', cluster: 'one' },
    cpuPool: { ...facts.cpuPool, ...machine },
    systemPool: { ...facts.systemPool, instanceType: 'e2-standard-2' },
    gpuPool: { ...(gpuPool as NonNullable<typeof gpuPool>), instanceType: 'gpu-standard-48' },
  };
  const rollingSync = { because: 'a test' };

  expect(
    problemsOfFleet(
      targets.map((target) => {
        if (target.environment === 'staging') return { ...target, region: { ...region, name: target.region.name } };
        return target.environment === 'prod' ? { ...target, delivery: { ...target.delivery, rollingSync } } : target;
      }),
    ),
  ).toEqual([]);
});

test('breaks no rule as a fleet that keeps its logs in Elasticsearch', () => {
  expect(
    problemsOfFleet(
      targets.map((target) => {
        const { monitoring, region } = target;
        if (monitoring?.logs === undefined) return target;
        const logs = { kind: 'elasticsearch', url: `https://logs.${region.name}.example.com:9200`, network: '10.0.0.0/8' } as const;
        return { ...target, monitoring: { ...monitoring, logs } };
      }),
    ),
  ).toEqual([]);
});

test('a problem names the construct that made the object, and the line that it stands in', () => {
  const { build, check, report } = planOf(targets, releaseFiles('releases'));
  const [target] = targets as [Target];
  const synthesized = structuredClone(build(target));
  const deployment = synthesized.apps.flatMap(({ manifests }) => manifests).find(({ kind }) => kind === 'Deployment');
  if (deployment === undefined) throw new Error('Every target has a Deployment');
  deployment.spec.template.spec.enableServiceLinks = true;

  expect(report(check(synthesized, target)).join('\n')).toMatch(
    /\[no-service-links\]\n {4}made by \S+ \(lib\/[\w./-]+\.ts:\d+(, for lib\/[\w./-]+\.ts:\d+)?\)\n/,
  );
});

test('breaks no rule as a fleet with a region whose models Istio’s gateway publishes', () => {
  const [published] = targets.filter(({ ml, mesh }) => ml?.mode === 'Standard' && mesh !== undefined).map(throughIstio);
  const isSame = ({ environment, region }: Target) => environment === published?.environment && region.name === published.region.name;
  const fleet = targets.map((target) => (published !== undefined && isSame(target) ? published : target));

  expect(published).toBeDefined();
  expect(checkTarget(synthesizeTarget(published as Target, pinsOf(published as Target)))).toEqual([]);
  expect(problemsOfFleet(fleet)).toEqual([]);
});

const { mesh: _, ml: sampleMl, ...unmeshed } = sample;
if (sampleMl === undefined || sampleMl.exposure === 'istio-gateway') throw new Error('The sample serves models behind Kong');
const model = { runtime: 'sklearn', version: 'v2', cpus: 1, memoryGiB: 2, answersWithin: 1, replicas: { min: 1, max: 2 } } as const;

/** The sample, its models as Services of Knative: the mode that no target has. */
const onKnative: Target = {
  ...unmeshed,
  ml: {
    ...sampleMl,
    ...{ mode: 'Knative', exposure: 'kong' },
    models: [{ ...model, name: 'iris', scale: { metric: 'concurrency', target: 10 }, canaryTrafficPercent: 10 }],
  },
};

const { requestsPerMinute: __, cache: ___, exposure: ____, ...uncounted } = sampleMl;

/** A target whose models Istio's gateway publishes: the choice that no target makes. */
const throughIstio = (target: Target): Target => ({
  ...target,
  ...{ mesh: 'strict', edge: { ...target.edge, appHosts: { ...target.edge.appHosts, ml: [`models.${target.edge.regionalHost}`] } } },
  ml: {
    ...uncounted,
    ...{ mode: 'Standard', exposure: 'istio-gateway', models: [{ ...model, name: 'iris', scale: { metric: 'cpu', target: 70 } }] },
    clients: { issuer: 'https://login.example.com', audience: 'models', jwksUri: 'https://login.example.com/keys' },
  } as Target['ml'] & object,
});

/** The sample, with a model on one of its GPUs. */
const onGpu: Target = {
  ...sample,
  foundation: {
    ...sample.foundation,
    quotas: {
      ...sample.foundation.quotas,
      llm: { cpus: 72, memoryGiB: 400, pods: 20, gpus: 14 },
      ml: { cpus: 16, memoryGiB: 32, pods: 20, gpus: 2 },
    },
  },
  ml: {
    ...sampleMl,
    ...{ mode: 'Standard', exposure: 'kong' },
    runtimes: ['triton'],
    models: [{ ...model, name: 'iris', runtime: 'triton', gpus: 1, replicas: { min: 1, max: 1 }, scale: { metric: 'cpu', target: 70 } }],
  },
};

describe('a correct variation breaks no rule', () => {
  const { llm } = sample;
  if (llm?.engine !== 'vllm') throw new Error('The sample serves its model on GPUs');
  const [local] = targets.filter(({ region }) => region.name === 'local');
  if (local === undefined) throw new Error('There is a target on a developer’s machine');

  test.each<[string, Target]>([
    ['blue/green', { ...sample, llm: { ...llm, replicas: { min: 2, max: 4 }, release: { kind: 'blue-green', iterations: 10 } } }],
    [
      'one replica that rolls',
      { ...sample, llm: { ...llm, replicas: { min: 1, max: 1 }, release: { kind: 'rolling', because: 'a test' } } },
    ],
    ['models on Knative, with a canary', onKnative],
    ['models on Knative, each with a domain of its own', { ...onKnative, ml: { ...onKnative.ml, exposure: 'knative-domain' } as never }],
    ['models behind Istio’s gateway', throughIstio(sample)],
    ['models behind Istio’s gateway, in a permissive mesh', { ...throughIstio(sample), mesh: 'permissive' }],
    ['a model on a GPU', onGpu],
    ['a target that serves nothing', { ...sample, llm: undefined as never }],
    ['a single host', { ...sample, edge: { ...sample.edge, globalHost: undefined as never } }],
  ])('%s', (_, target) => {
    expect(checkTarget(synthesizeSample(target))).toEqual([]);
  });

  test('Google Kubernetes Engine', () => {
    const { sharedFileSystem: _, modelBucket: __, ...region } = sample.region;
    const { globalHost: ___, ...edge } = sample.edge;
    const { ml: ____, backup: _____, ...others } = sample; // its models are in that bucket
    const target: Target = {
      ...others,
      edge,
      region: { ...region, platform: gke, cloud: { kind: 'gcp', project: 'example', location: 'europe-west3', cluster: 'serving' } },
    };

    expect(checkTarget(synthesizeSample(target))).toEqual([]);
  });

  test.each([microk8s, k3s, minikube].map((platform) => [platform.name, platform] as const))(
    '%s on a developer’s machine',
    (_, platform) => {
      const target = { ...local, region: { ...local.region, platform } };

      expect(checkTarget(synthesizeTarget(target, pinsOf(local)))).toEqual([]);
    },
  );
});

import { targets } from '../environments';
import type { Target } from '../environments/environment';
import type { StandardMlSettings } from '../ml/ml-settings';
import { sample } from '../testing/sample-target';
import { requireSound, TargetProblems } from './sound-targets';

/** The messages about targets; none if they are sound. */
function problemsOf(...checked: readonly unknown[]): readonly string[] {
  try {
    requireSound(checked as Target[]);
    return [];
  } catch (error) {
    if (!(error instanceof TargetProblems)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

/** The sample with one value exchanged, by its path. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(sample) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<Record<string, unknown>>((map, key) => map[key] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

test('accepts every target and the sample', () => {
  expect(problemsOf(...targets, sample)).toEqual([]);
});

// biome-ignore format: a table, one mistake in a line
const rows: readonly (readonly [path: string, value: unknown, mistake: string])[] = [
  ['environment', '..', 'Cannot use ".." for environment of target "../atlantis-1" as it becomes part of paths'],
  ['environment', 'prod/eu', 'as it becomes part of paths and of names'],
  ['environment', 'Prod', 'as it becomes part of paths and of names'],
  ['environment', '', 'as it becomes part of paths and of names'],
  ['environment', '__proto__', 'as it becomes part of paths and of names'],
  ['environment', 'x'.repeat(300), 'use at most 40 lower-case letters, digits and hyphens'],
  ['region.name', 'münchen', 'as it becomes part of paths and of names'],
  ['region.name', 'eu\nwest', 'as it has characters that nobody sees: retype it'],
  ['region.name', '\u202eeu', 'as it has characters that nobody sees: retype it'],
  ['region.name', undefined, 'as it is missing: write it'],
  ['region.zones', [], 'Cannot use for region.zones of target "sample/atlantis-1" as a cluster is somewhere: name its zones'],
  ['region.zones', ['a', 'a'], 'as a zone is named twice: remove one'],
  ['region.gpuPool.gpu', 'h1000', 'Cannot use "h1000" for region.gpuPool.gpu of target "sample/atlantis-1" as there is no such choice: use "v100", '],
  ['region.gpuPool.gpusPerNode', -4, 'Cannot use "-4" for region.gpuPool.gpusPerNode of target "sample/atlantis-1" as it is not between 1 and 16: correct the figure'],
  ['region.cpuPool.minNodes', 7, 'as its minNodes 7 are more than its maxNodes 6: exchange or correct them'],
  ['region.cpuPool.labels', { 'a b': 'c' }, 'Cannot use "c" for region.cpuPool.labels.a b of target "sample/atlantis-1" as it is no key of a label'],
  ['region.modelPool', { instanceType: 'm', minNodes: 2, maxNodes: 1, cpus: 8, memoryGiB: 32, labels: {}, taints: [] }, 'as its minNodes 2 are more than its maxNodes 1'],
  ['region.cloud.accountId', '42', 'as accounts of AWS have twelve digits'],
  ['region.cloud.kind', 'ibm', 'Cannot use "ibm" for region.cloud.kind of target "sample/atlantis-1" as there is no such choice: use "aws", "azure", "gcp" or "none"'],
  ['region.addressPool', '10.0.0.9-10.0.0.1', 'as it is no range of addresses'],
  ['region.addressPool', '10.0.0.0/33', 'as it is no range of addresses'],
  ['region.modelBucket', '../other', 'as buckets have names of'],
  ['region.backupStore.bucket', 'Backups', 'as buckets have names of'],
  ['region.backupStore', { kind: 'gcs', bucket: 'one' }, 'as there is no such choice: use "s3" or "azure-blob"'],
  ['backup.hour', 24, 'as it is not between 0 and 23'],
  ['backup.namespaces', ['kube-system'], 'as there is no such choice'],
  ['litellm.database.recovery', { fromArchive: 1, until: 'yesterday' }, 'as it is no moment in UTC'],
  ['region.platform.nodeLocalDns', '169.254.20.256', 'as it is no IP address'],
  ['edge.regionalHost', 'https://api.example.com', 'as it is no DNS name: write it like "api.example.com"'],
  ['edge.regionalHost', 'api.example.com:443', 'as it is no DNS name'],
  ['edge.regionalHost', '10.0.0.1', 'as it is no DNS name'],
  ['edge.regionalHost', 'localhost', 'as it is no DNS name'],
  ['edge.regionalHost', `${'a'.repeat(64)}.example.com`, 'as it is no DNS name'],
  ['edge.globalHost', '*.example.com', 'as it is no DNS name'],
  ['edge.appHosts', { kiva: ['chat'] }, 'as it is no DNS name'],
  ['edge.replicas', 0, 'as it is not between 1 and 1000'],
  ['edge.replicas', 1.5, 'as it is no whole number: write one'],
  ['edge.replicas', Number.NaN, 'Cannot use "NaN" for edge.replicas of target "sample/atlantis-1" as no figure can be written that is not finite'],
  ['edge.requestsPerMinute', Number.POSITIVE_INFINITY, 'as no figure can be written that is not finite'],
  ['edge.requestsPerMinute', '100', 'Cannot use "100" for edge.requestsPerMinute of target "sample/atlantis-1" as it is a text: write a number'],
  ['edge.tls.email', 'nobody', 'as it is no address of mail'],
  ['edge', null, 'Cannot use "null" for edge of target "sample/atlantis-1" as it is nothing: write a map'],
  ['foundation.quotas.llm.cpus', -1, 'Cannot use "-1" for foundation.quotas.llm.cpus'],
  ['foundation.quotas.llm.memoryGiB', 1e300, 'as it is not between 0.1 and 10000000'],
  ['foundation.admission.baseline', 'warn', 'as there is no such choice: use "deny" or "audit"'],
  ['monitoring.sizeGiB', 1e9, 'as it is not between 1 and 65536'],
  ['monitoring.logs', { retentionDays: 7, sizeGiB: 50 }, 'for monitoring.logs.kind of target "sample/atlantis-1" as there is no such choice: use "loki" or "elasticsearch"'],
  ['monitoring.logs', { kind: 'elasticsearch', url: 'http://logs.example.com', network: '10.0.0.0/8' }, 'as it is no address: write it like "https://example.com/path"'],
  ['monitoring.logs', { kind: 'elasticsearch', url: 'https://logs.example.com', network: '10.0.0.1' }, 'as it is no block of addresses'],
  ['monitoring.tracing.storage.url', 'https://traces.example.com:99999', 'as it is no address'],
  ['llm.model', 'llama-9', 'use "llama-2-70b-chat-awq"'],
  ['llm.gpus', 3, 'as there is no such choice: use 1, 2, 4 or 8'],
  ['llm.gpuMemoryUtilization', 90, 'as it is not between 0.1 and 1'],
  ['llm.replicas', { min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['llm.release', { kind: 'rolling', because: ' ' }, 'as it says nothing'],
  ['litellm.scale', { kind: 'auto', min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['litellm.database.instances', 2, 'as there is no such choice: use 1 or 3'],
  ['kiva.replicas', 0, 'as it is not between 1 and 1000'],
  ['codelab.scale.gateway', { kind: 'auto', min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['codelab.workspacesGiB', 0, 'as it is not between 1 and 65536'],
  ['gpt.replicas', 0, 'as it is not between 1 and 1000'],
  ['gpt.model', 'llama-9', 'as there is no such choice'],
  ['gpt.database.members', 2, 'as there is no such choice: use 1 or 3'],
  ['kiva.cache.replicas', 1, 'as there is no such choice: use 0 or 2'],
  ['ml.mode', 'Serverless', 'as there is no such choice: use "Standard" or "Knative"'],
  ['ml.runtimes', ['mxnet'], 'use "sklearn", "triton", "pytorch", "tensorflow" or "huggingface"'],
  ['ml.models.0.replicas', { min: 0, max: 2 }, 'as it is not between 1 and 1000'],
  ['ml.models.0.scale', { metric: 'rps', target: 10 }, 'as there is no such choice: use "cpu" or "memory"'],
  ['ml.models.0.canaryTrafficPercent', 10, 'as only Knative divides requests'],
  ['ml.exposure', 'knative-domain', 'as there is no such choice: use "kong" or "istio-gateway"'],
  ['ml.exposure', 'istio', 'as there is no such choice: use "kong" or "istio-gateway"'],
  ['ml.clients', { issuer: 'a', audience: 'b', jwksUri: 'https://a.example.com' }, 'as only Istio\'s gateway is told here who lets clients in: leave it out, or take exposure "istio-gateway"'],
  ['delivery.channel', '#ops', 'leave "#" out'],
  ['delivery.removal', 'never', 'as there is no such choice: use "cascade" or "by-hand"'],
  ['delivery.freeze', () => 1, 'as settings are data, and it is a function'],
  ['delivery.freeze', new Date(0), 'as settings are data, and it is a Date'],
  ['delivery.later', 'x'.repeat(600), 'as its 600 characters are more than 512: shorten it'],
];

test.each(rows)('refuses %s as %j', (path, value, mistake) => {
  const problems = problemsOf(changed(path, value));

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(mistake);
});

test('refuses every mistake of every target at once, one text each', () => {
  expect(problemsOf(changed('edge.replicas', 0), { ...(changed('litellm.size', 'huge') as Target), environment: 'Dev' })).toEqual([
    expect.stringContaining('edge.replicas of target "sample/atlantis-1"'),
    expect.stringContaining('environment of target "Dev/atlantis-1"'),
    expect.stringContaining('litellm.size of target "Dev/atlantis-1"'),
  ]);
});

describe('two targets', () => {
  const [host, other] = ['atlantis-1.api.example.com', 'atlantis-2.api.example.com'];
  const second = {
    ...sample,
    region: { ...sample.region, name: 'atlantis-2' },
    edge: { ...sample.edge, regionalHost: other, appHosts: {} },
  };

  test('may share a host of all regions', () => {
    expect(problemsOf(sample, second)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    [
      'of one name',
      { ...sample, edge: second.edge },
      'Cannot use "sample/atlantis-1" and "sample/atlantis-1" as both are cluster "sample-atlantis-1"',
    ],
    [
      'whose clusters have one name',
      {
        ...second,
        environment: 'sample-atlantis',
        region: { ...second.region, name: '1' },
        edge: { ...second.edge, globalHost: undefined },
      },
      'as both are cluster "sample-atlantis-1"',
    ],
    [
      'of two environments with one name',
      { ...second, delivery: { removal: 'cascade' } },
      'Cannot use environment "sample" as two of that name differ',
    ],
    [
      'with the same host',
      { ...second, edge: { ...second.edge, regionalHost: host } },
      `Cannot use "${host}" for "sample/atlantis-1" and "sample/atlantis-2" as it can lead to one of them only`,
    ],
    [
      'with the same host of an app',
      { ...second, edge: { ...second.edge, appHosts: { kiva: [host] } } },
      `Cannot use "${host}" for "sample/atlantis-1" and "sample/atlantis-2" as it can lead to one of them only`,
    ],
    [
      'with each other’s host',
      { ...second, edge: { ...second.edge, globalHost: host } },
      `Cannot use "${host}" for one region alone as "sample/atlantis-2" shares it`,
    ],
    [
      'of two environments with a shared host',
      { ...second, environment: 'dev' },
      'Cannot use "api.example.com" for sample and dev as users of one',
    ],
  ])('refuses them %s', (_, target, message) => {
    expect(problemsOf(sample, target)).toEqual([expect.stringContaining(message)]);
  });
});

test('refuses hosts of an app that the target does not run', () => {
  const { gpt: _, ...without } = sample;
  const edge = { ...sample.edge, appHosts: { gpt: ['chat.example.com'] } };

  expect(problemsOf({ ...sample, edge })).toEqual([]);
  expect(problemsOf({ ...without, edge })).toEqual([
    'Cannot use for edge.appHosts.gpt of target "sample/atlantis-1" as the target runs no "gpt": give it settings, or take out its hosts',
  ]);
});

describe('models behind Istio’s gateway', () => {
  const { requestsPerMinute, cache, ...ml } = sample.ml as StandardMlSettings;
  const clients = { issuer: 'https://login.example.com', audience: 'models', jwksUri: 'https://login.example.com/keys' };
  const through = { ...ml, exposure: 'istio-gateway', clients };
  const problems = (changed: object) => problemsOf({ ...sample, ml: { ...through, ...changed } });

  test('are told who lets clients in, and no limit that nobody counts', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ requestsPerMinute, cache })).toEqual([
      expect.stringContaining('ml.requestsPerMinute of target "sample/atlantis-1" as Istio\'s gateway counts no requests: leave it out'),
      expect.stringContaining('ml.cache of target "sample/atlantis-1" as Istio\'s gateway counts no requests'),
    ]);
  });

  test.each([
    [{ clients: undefined }, 'ml.clients of target "sample/atlantis-1" as it is missing: write it'],
    [{ clients: { ...clients, audience: ' ' } }, 'ml.clients.audience of target "sample/atlantis-1" as it says nothing'],
    [
      { clients: { ...clients, jwksUri: 'http://login.example.com/keys' } },
      'ml.clients.jwksUri of target "sample/atlantis-1" as it is no address',
    ],
    [{ mode: 'Knative' }, 'ml.exposure of target "sample/atlantis-1" as there is no such choice: use "kong" or "knative-domain"'],
  ])('are refused with %j', (changed, mistake) => {
    expect(problems(changed)).toEqual(expect.arrayContaining([expect.stringContaining(mistake)]));
  });
});

import { targets } from '../environments';
import type { StandardMlSettings } from '../ml/ml-settings';
import { sample } from '../testing/sample-target';
import { changed, problemsOf } from '../testing/sound';

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
  ['region.name', undefined, 'Cannot leave out region.name of target "sample/undefined" as nothing takes its place: write it'],
  ['region.zones', [], 'Cannot use region.zones of target "sample/atlantis-1" as a cluster is somewhere: name its zones'],
  ['region.zones', ['a', 'a'], 'as zone "a" is named twice: remove one'],
  ['region.gpuPool.gpu', 'h1000', 'Cannot use "h1000" for region.gpuPool.gpu of target "sample/atlantis-1" as there is no such choice: use "v100", '],
  ['region.gpuPool.gpusPerNode', -4, 'Cannot use "-4" for region.gpuPool.gpusPerNode of target "sample/atlantis-1" as it is not between 1 and 16: correct the figure'],
  ['region.cpuPool.minNodes', 7, 'as its minNodes 7 are more than its maxNodes 6: exchange or correct them'],
  ['region.cpuPool.labels', { 'a b': 'c' }, 'Cannot use "c" for region.cpuPool.labels.a b of target "sample/atlantis-1" as it is no key of a label'],
  ['region.modelPool', { instanceType: 'm', minNodes: 2, maxNodes: 1, cpus: 8, memoryGiB: 32, labels: {}, taints: [] }, 'as its minNodes 2 are more than its maxNodes 1'],
  ['region.cloud.accountId', '42', 'as accounts of AWS have twelve digits'],
  ['region.cloud.kind', 'ibm', 'Cannot use "ibm" for region.cloud.kind of target "sample/atlantis-1" as there is no such choice: use "aws", "azure", "gcp" or "none"'],
  ['region.addressPool', '10.0.0.9-10.0.0.1', 'as it is no range of at most 4096 addresses of a private network'],
  ['region.addressPool', '10.0.0.0/33', 'as it is no range of at most 4096 addresses of a private network'],
  ['region.modelBucket', '../other', 'as buckets have names of'],
  ['region.backupStore.bucket', 'Backups', 'as buckets have names of'],
  ['region.backupStore', { kind: 'gcs', bucket: 'one' }, 'as there is no such choice: use "s3" or "azure-blob"'],
  ['backup.hour', 24, 'as it is not between 0 and 23'],
  ['backup.namespaces', ['kube-system'], 'as there is no such choice'],
  ['litellm.database.recovery', { fromArchive: 1, until: 'yesterday' }, 'as it is no moment in UTC'],
  ['region.platform.nodeLocalDns', '169.254.20.256', 'as it is no address on a node'],
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
  ['monitoring.sizeGiB', 1e9, 'as it is not between 1 and 4096'],
  ['monitoring.logs', { retentionDays: 7, sizeGiB: 50 }, 'Cannot leave out monitoring.logs.kind of target "sample/atlantis-1" as nothing takes its place: use "loki" or "elasticsearch"'],
  ['monitoring.logs', { kind: 'elasticsearch', url: 'http://logs.example.com', network: '10.0.0.0/8' }, 'as it is no address of a server'],
  ['monitoring.logs', { kind: 'elasticsearch', url: 'https://logs.example.com', network: '10.0.0.1' }, 'as it is no block of addresses'],
  ['llm.model', 'llama-9', 'use "llama-2-70b-chat-awq"'],
  ['llm.gpus', 3, 'as there is no such choice: use 1, 2, 4 or 8'],
  ['llm.gpuMemoryUtilization', 90, 'as it is not between 0.1 and 0.97'],
  ['llm.replicas', { min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['llm.release', { kind: 'rolling', because: ' ' }, 'as it is no reason: write one in a few words'],
  ['litellm.scale', { kind: 'auto', min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['litellm.database.instances', 2, 'as there is no such choice: use 1 or 3'],
  ['kiva.replicas', 0, 'as it is not between 1 and 1000'],
  ['codelab.scale.gateway', { kind: 'auto', min: 4, max: 2 }, 'as its min 4 is above its max 2'],
  ['codelab.workspacesGiB', 0, 'as it is not between 1 and 20000'],
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
  ['region.kubernetes', '1.20', 'as it is no minor version of Kubernetes from 1.27 on'],
  ['region.kubernetes', '1.34.2', 'as it is no minor version of Kubernetes from 1.27 on'],
  ['region.platform.storage.block.provisioner', 'kubernetes.io/aws-ebs', 'as it is no name of a CSI driver'],
  ['region.platform.storage.shared.readMiBps', 1, 'as it is not between 10 and 12500'],
  ['region.platform.loadBalancer.forgetSeconds', -5, 'as it is not between 0 and 600'],
  ['region.platform.loadBalancer.annotations', { 'x y': '1' }, 'as it is no key of a label'],
  ['region.cpuPool.maxNodes', 0, 'as it is not between 1 and 5000'],
  ['region.gpuPool.taints', [{ key: 'a', effect: 'NoSchedule' }, { key: 'a', effect: 'NoSchedule' }], 'as taint "a:NoSchedule" is named twice'],
  ['region.addressPool', '0.0.0.0/0', 'as it is no range of at most 4096 addresses of a private network'],
  ['region.addressPool', '8.8.8.8-8.8.8.9', 'as it is no range of at most 4096 addresses of a private network'],
  ['region.addressPool', '10.0.0.0-10.255.255.255', 'as it is no range of at most 4096 addresses of a private network'],
  ['monitoring.tracing.storage.network', '0.0.0.0/0', 'as it is no block of addresses from its first one on, of 8 bits or more'],
  ['monitoring.tracing.storage.network', '10.0.0.1/8', 'as it is no block of addresses from its first one on'],
  ['monitoring.tracing.storage.network', '10.0.0.0-10.0.0.9', 'as it is no block of addresses from its first one on'],
  ['monitoring.tracing.storage.url', 'https://traces.example.com:99999', 'as it is no address of a server'],
  ['monitoring.tracing.storage.url', 'https://...', 'as it is no address of a server'],
  ['monitoring.retentionDays', 60, 'as its sizeGiB 50 are less than 60, what a small cluster writes in the time'],
  ['monitoring.logs.sizeGiB', 1, 'Cannot use monitoring.logs of target "sample/atlantis-1" as its sizeGiB 1 are less than 7'],
  ['monitoring.tracing.storage', { kind: 'volume', sizeGiB: 2 }, 'as its sizeGiB 2 are less than 3'],
  ['monitoring.replicas', 100, 'as it is not between 1 and 5'],
  ['monitoring.consoles', 'yes', 'as it is a text: write true or false'],
  ['backup.keepDays', 1, 'as it is not between 2 and 3650'],
  ['backup.namespaces', ['litellm', 'litellm'], 'as namespace "litellm" is named twice: remove one'],
  ['litellm.database.recovery', { fromArchive: 1, until: '2026-02-30T09:30:00Z' }, 'as it is no moment in UTC'],
  ['litellm.database.sizeGiB', 10_240, 'as it is not between 1 and 4096'],
  ['litellm.cache.sizeGiB', 2048, 'as it is not between 1 and 256'],
  ['kiva.requestsPerMinute', 60, 'as it is not between 100 and 1000000'],
  ['edge.requestsPerMinute', 1, 'as it is not between 10 and 1000000'],
  ['edge.appHosts', { gpt: [] }, 'as the app would answer to nobody: name a host, or take it out'],
  ['foundation.quotas.llm.memoryGiB', 0.8, 'as it is finer than a MiB, which Kubernetes rounds: round it'],
  ['foundation.quotas.llm.cpus', 0.33333, 'as it is finer than a thousandth of a processor'],
  ['foundation.packGpus', 'yes', 'as it is a text: write true or false'],
  ['foundation.admission.signatures.0.images', '*', 'as no image of ours is called so'],
  ['foundation.admission.signatures.0.signedBy.subject', '.*', 'as it is no pattern of one workflow'],
  ['foundation.admission.signatures.0.signedBy.subject', '^https://example.com/($', 'as it is no pattern of one workflow'],
  ['foundation.admission.signatures.0.signedBy.issuer', 'token', 'as it is no address of an issuer'],
  ['foundation.admission.signatures.0.signedBy', { kind: 'key', kms: 'vault' }, 'as it is no key that a cloud keeps'],
  ['foundation.admission.signatures', [sample.foundation.admission?.signatures[0], sample.foundation.admission?.signatures[0]], 'as policy "ours" is named twice'],
  ['litellm.database.recovery', { fromArchive: 1, until: '9999-01-01T00:00:00Z' }, 'as that moment has not come, and no archive reaches it'],
  ['delivery.freeze', { schedule: '0 16 * * 5', duration: '64h', description: 'TODO' }, 'Cannot use "TODO" for delivery.freeze.description of environment "sample" as it is no reason: write one in a few words'],
  ['delivery.freeze', { schedule: '0 16 * * 5', duration: '64h', description: '...' }, 'as it is no reason'],
  ['region.platform.loadBalancer.idleTimeout', { annotation: 'example.com/idle', before: '', unit: 'seconds', least: 60 }, 'as it is not between 240 and 6000'],
  ['delivery.freeze', { schedule: '0 0 * * *', duration: '24h', description: 'no deployments' }, 'Cannot use delivery.freeze of environment "sample" as its duration "24h" lasts until it begins again'],
  ['llm.server', 'litellm', 'as there is no such choice: use "llm-service" or "kiva-vllm"'],
  ['llm.maxModelLen', 1, 'as it is not between 1024 and 10000000'],
  ['llm.maxNumBatchedTokens', 128, 'Cannot use llm of target "sample/atlantis-1" as its maxNumBatchedTokens 128 are fewer than its maxNumSeqs 256'],
  ['llm.slo.timeToFirstToken', 2500, 'as the engine counts no such promise, in seconds: use one of 0.1, 0.25, 0.5'],
  ['llm.slo.timeToFirstToken', 0.001, 'as the engine counts no such promise'],
  ['llm.slo.interTokenLatency', 2.5, 'as the engine counts no such promise'],
  ['llm.longestAnswerSeconds', 86_400, 'as it is not between 1 and 3600'],
  ['llm.longestAnswerSeconds', 600.5, 'as it is no whole number: write one'],
  ['llm.longestAnswerSeconds', 12, 'as its longestAnswerSeconds 12 are over before 100 tokens are written at the pace of its slo, 13 s'],
  ['llm.modelVolumeGiB', 1, 'as it is not between 10 and 20000'],
  ['llm.release.canaryReplicas', { min: 1, max: 5 }, 'as its release.canaryReplicas.max 5 is above its replicas.max 4'],
  ['llm.release.canaryReplicas', { min: 3, max: 3 }, 'as its release.canaryReplicas.min 3 is above its replicas.min 2'],
  ['ml.runtimes', ['sklearn', 'sklearn'], 'as runtime "sklearn" is named twice: remove one'],
  ['ml.models', [], 'as it serves nothing: name a model, or leave ml out'],
  ['ml.models', [sample.ml?.models[0], sample.ml?.models[0]], 'as model "iris" is named twice: remove one'],
  ['ml.models.0.name', 'ml-redis', 'as the app has objects of that name already'],
  ['ml.models.0.path', '/', 'as it is no path below the root'],
  ['ml.models.0.path', '/a b', 'as it is no path below the root'],
  ['ml.models.0.memoryGiB', 0.3333, 'as it is finer than a MiB'],
  ['ml.models.0.answersWithin', 90, 'as "iris" promises answers within 90 s, and each is cut off after its longestAnswerSeconds 60'],
  ['ml.models.0.scale', { metric: 'cpu', target: 1 }, 'as it is not between 10 and 100'],
];

test.each(rows)('refuses %s as %j', (path, value, mistake) => {
  const problems = problemsOf(changed(path, value));

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(mistake);
});

test('accepts a freeze for a reason of one word', () => {
  expect(problemsOf(changed('delivery.freeze', { schedule: '0 0 23 12 *', duration: '240h', description: 'Christmas' }))).toEqual([]);
});

test('refuses every mistake of every target at once, one text each', () => {
  expect(problemsOf(changed('edge.replicas', 0), { ...changed('litellm.size', 'huge'), environment: 'Dev' })).toEqual([
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

  /** The region of a second account, with a place of its own for everything. */
  const elsewhere = {
    ...second.region,
    cloud: { kind: 'aws', region: 'atlantis-1', accountId: '000011113333' },
    ...{
      modelBucket: 'models-elsewhere',
      backupStore: { kind: 's3', bucket: 'backups-elsewhere' },
      sharedFileSystem: 'fs-0000000000000000b',
    },
  };
  const apart = { ...second, environment: 'other', region: elsewhere, edge: { ...second.edge, globalHost: undefined } };

  test('of two environments may be in the same place of two accounts', () => {
    expect(problemsOf(sample, apart)).toEqual([]);
  });

  test.each([
    [
      'cloud',
      sample.region.cloud,
      'Cannot keep secrets of "sample/atlantis-1" and "other/atlantis-2" in account 000011112222 in atlantis-1 as one',
    ],
    [
      'modelBucket',
      sample.region.modelBucket,
      'Cannot use bucket models-atlantis-1 for "sample/atlantis-1" and "other/atlantis-2" as it is in one',
    ],
    [
      'backupStore',
      sample.region.backupStore,
      'Cannot use bucket backups-atlantis-1 for "sample/atlantis-1" and "other/atlantis-2" as it is in one',
    ],
    [
      'sharedFileSystem',
      sample.region.sharedFileSystem,
      'Cannot use file system fs-0000000000000000a for "sample/atlantis-1" and "other/atlantis-2"',
    ],
  ])('of two environments may not share %s', (fact, value, message) => {
    expect(problemsOf(sample, changed(`region.${fact}`, value, apart as never))).toEqual([expect.stringContaining(message)]);
  });

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
      { ...second, environment: 'other', region: elsewhere },
      'Cannot use "api.example.com" for sample and other as users of one',
    ],
  ])('refuses them %s', (_, target, message) => {
    expect(problemsOf(sample, target)).toEqual([expect.stringContaining(message)]);
  });
});

test('tells once of a mistake that several targets share, and names them', () => {
  const wrong = (name: string) => changed('region.name', name, changed('litellm.size', 'huge'));
  const four = ['one', 'two', 'three', 'four'].map(wrong);

  expect(problemsOf(...four.slice(0, 2))).toEqual([
    expect.stringContaining('Cannot use "huge" for litellm.size of targets "sample/one" and "sample/two" as there is no such choice'),
  ]);
  expect(problemsOf(...four, wrong('five'))).toEqual([
    expect.stringContaining('of targets "sample/one", "sample/two", "sample/three", "sample/four" and 1 more as there'),
  ]);
});

test('tells of a mistake in the delivery of an environment once, for the environment', () => {
  const wrong = changed('delivery.channel', '#ops');

  expect(problemsOf(wrong, changed('region.name', 'second', wrong))).toEqual([
    expect.stringContaining('Cannot use "#ops" for delivery.channel of environment "sample" as channels of Slack'),
  ]);
});

test.each([
  ['llm.maxModelLength', 'Cannot use llm of target "sample/atlantis-1" as it has no setting "maxModelLength": did you mean "maxModelLen"?'],
  ['edge.requestPerMinute', 'did you mean "requestsPerMinute"?'],
  ['monitoring.log', 'did you mean "logs"?'],
  ['region.gpupool', 'did you mean "gpuPool"?'],
  ['foundation.quotas.llms', 'did you mean "llm"?'],
  ['codelab.scale.worker', 'take it out, or use gateway, agentRuntime, authService or llmProxy'],
  ['observability', 'Cannot use target "sample/atlantis-1" as it has no setting "observability": take it out, or use'],
])('refuses a setting %s that nobody reads', (path, message) => {
  expect(problemsOf(changed(path, {}))).toEqual([expect.stringContaining(message)]);
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
    [{ clients: undefined }, 'Cannot leave out ml.clients of target "sample/atlantis-1" as nothing takes its place: write it'],
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

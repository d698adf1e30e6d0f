import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { stringify } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import type { SynthesizedApp } from '../kubernetes/synthesized';
import { daysAfter } from '../messages/days';
import { synth } from '../output/command-line';
import type { Plan } from '../output/synthesis';
import type { Tombstone } from './tombstone';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'blast-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Apps = Readonly<Record<string, readonly Manifest[]>>;
type Fleet = Readonly<Record<string, Apps>>;

const object = (apiVersion: string, kind: string, name: string, rest: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'data' },
  ...rest,
});
const configMap = (name: string, data: object = {}): Manifest => object('v1', 'ConfigMap', name, { data });
const deployment = (image: string): Manifest =>
  object('apps/v1', 'Deployment', 'web', { spec: { template: { spec: { containers: [{ name: 'web', image }] } } } });

const appsOf = (apps: Apps): SynthesizedApp[] => Object.entries(apps).map(([name, manifests]) => ({ name, namespace: 'data', manifests }));

/** Synthesizes a fleet, by `environment/region`. */
function run(fleet: Fleet, tombstones: readonly Tombstone[] = [], args: readonly string[] = [], delivered: Apps = {}) {
  const plan: Plan<{ environment: string; region: { name: string } }, null, string> = {
    targets: Object.keys(fleet).map((place) => {
      const [environment = '', name = ''] = place.split('/');
      return { environment, region: { name } };
    }),
    build: ({ environment, region }) => ({ environment, region: region.name, apps: appsOf(fleet[`${environment}/${region.name}`] ?? {}) }),
    check: () => [],
    report: (findings) => findings,
    ruleOf: (finding) => finding,
    summarize: () => null,
    deliver: () => appsOf(delivered),
    checkDelivery: () => [],
    tombstones,
    unresolved: () => [],
  };
  const told: string[] = [];
  const code = synth(args, root, () => plan, { write: (text) => told.push(text) });
  return { code, told: told.join('') };
}

/** What synthesizing one app of objects is told when the objects become others. */
function change(before: readonly Manifest[], after: readonly Manifest[], tombstones: readonly Tombstone[] = []) {
  expect(run({ 'prod/a': { llm: before } }).code).toBe(0);
  return run({ 'prod/a': { llm: after } }, tombstones);
}

const bury = (what: Tombstone['what'], where: string, rest: Partial<Tombstone> = {}): Tombstone => ({
  ...{ what, where, owner: 'platform', reason: 'a test', until: daysAfter(new Date().toISOString(), 14) },
  ...rest,
});
const files = (): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.slipway'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();

const statefulSet = (spec: object = {}): Manifest => object('apps/v1', 'StatefulSet', 'redis', { spec: { serviceName: 'redis', ...spec } });
const claim = (spec: object = {}): Manifest =>
  object('v1', 'PersistentVolumeClaim', 'models', { spec: { resources: { requests: { storage: '10Gi' } }, ...spec } });

describe('removals', () => {
  const both: Fleet = { 'prod/a': { llm: [configMap('x')], gpt: [configMap('y')] }, 'prod/b': { llm: [configMap('x')] } };

  test('refuses to lose a target, its apps and addons in one text, and writes nothing', () => {
    const delivered = { 'prod/b': [object('argoproj.io/v1alpha1', 'Application', 'kong')], prod: [configMap('p')] };
    run(both, [], [], delivered);
    const before = files();
    const { code, told } = run({ 'prod/a': both['prod/a'] as Apps }, [], [], { prod: [configMap('p')] });

    expect(code).toBe(1);
    expect(told).toMatch(
      /^prod\/b: Cannot remove target "prod\/b" as 1 object of it were committed: bring it back\n {4}if it is meant, say so in lib\/environments\/tombstones\.ts:\n {6}\{ what: 'target', where: 'prod\/b', owner: '<team>', reason: '<why>', until: '\d{4}-\d\d-\d\d' \},\n\nCannot synthesize as 1 problem was found/,
    );
    expect(files()).toEqual(before);
  });

  test('refuses to lose an app', () => {
    run(both);
    const { code, told } = run({ ...both, 'prod/a': { llm: [configMap('x')] } });

    expect(code).toBe(1);
    expect(told).toContain('prod/a: Cannot remove app "gpt" as 1 object of it were committed');
  });

  test('tells the same loss of several targets once, with a tombstone for each', () => {
    run({ 'prod/a': { llm: [], db: [claim()] }, 'prod/b': { llm: [], db: [claim()] } });
    const { told } = run({ 'prod/a': { llm: [configMap('x')] }, 'prod/b': { llm: [configMap('x')] } });

    expect(told).toMatch(/^\{prod\/a,prod\/b\}: Cannot remove app "db"/);
    expect(told.match(/what: 'app'/g)).toHaveLength(2);
  });

  test.each<[string, Manifest]>([
    ['a StatefulSet', statefulSet()],
    ['a claim', claim()],
    ['a database cluster', object('postgresql.cnpg.io/v1', 'Cluster', 'db')],
    ['a database', object('postgresql.cnpg.io/v1', 'Database', 'db')],
    ['a namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data' } }],
    ['a storage class', { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'block' } }],
    [
      'what is marked to be kept',
      { ...configMap('x'), metadata: { name: 'x', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } } },
    ],
  ])('refuses to lose %s', (_, manifest) => {
    const { code, told } = change([configMap('y'), manifest], [configMap('y')]);

    expect(code).toBe(1);
    expect(told).toContain(`prod/a: Cannot remove ${manifest.kind}/${manifest.metadata.name}`);
    expect(told).toContain(`{ what: 'object', where: 'prod/a/llm/${manifest.kind}.${manifest.metadata.name}', `);
  });

  test('removes what holds nothing', () => {
    expect(change([configMap('x'), configMap('y')], [configMap('y')]).code).toBe(0);
  });

  test('lets data move from one app of a target to another', () => {
    run({ 'prod/a': { llm: [configMap('x'), claim()], gpt: [configMap('y')] } });

    expect(run({ 'prod/a': { llm: [configMap('x')], gpt: [configMap('y'), claim()] } }).code).toBe(0);
  });

  test('refuses to lose more than a third of a target', () => {
    const many = Array.from({ length: 30 }, (_, index) => configMap(`x${index}`));
    const { code, told } = change(many, many.slice(10));

    expect(code).toBe(1);
    expect(told).toMatch(
      /^prod\/a: Cannot remove 10 of 30 objects as one change may remove 30 % of a target at most: .*\n.*\n {6}\{ what: 'share', where: 'prod\/a', /,
    );
  });

  test.each([9, 21])('removes %i objects where they are few or a small part', (count) => {
    const many = Array.from({ length: count === 9 ? 12 : 80 }, (_, index) => configMap(`x${index}`));

    expect(change(many, many.slice(count)).code).toBe(0);
  });
});

describe('immutable fields', () => {
  const job = (image: string, annotations = {}): Manifest => ({
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', annotations }, spec: { template: { args: [image] } } },
  });
  const storageClass = (rest: object): Manifest => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'b' },
    ...rest,
  });
  const cluster = (storage: object): Manifest => object('postgresql.cnpg.io/v1', 'Cluster', 'db', { spec: { storage } });
  const secret = (target: object): Manifest => object('external-secrets.io/v1', 'ExternalSecret', 's', { spec: { target } });
  const template = (size: string) => ({ volumeClaimTemplates: [{ spec: { resources: { requests: { storage: size } } } }] });

  test.each<[string, Manifest, Manifest, string]>([
    [
      'serviceName',
      statefulSet(),
      statefulSet({ serviceName: 'cache' }),
      '/spec/serviceName of StatefulSet/redis in data from "redis" to "cache"',
    ],
    [
      'a claim template',
      statefulSet(template('1Gi')),
      statefulSet(template('2Gi')),
      '/spec/volumeClaimTemplates/0/spec/resources/requests/storage of',
    ],
    ['podManagementPolicy', statefulSet(), statefulSet({ podManagementPolicy: 'Parallel' }), 'from "OrderedReady" to "Parallel"'],
    ['the template of a Job', job('a'), job('b'), '/spec/template/args/0 of Job/j from "a" to "b"'],
    ['the size of a claim', claim(), claim({ resources: { requests: { storage: '9Gi' } } }), 'from "10Gi" to "9Gi" as no volume shrinks'],
    ['the access of a claim', claim({ accessModes: ['ReadWriteMany'] }), claim({ accessModes: ['ReadWriteOnce'] }), '/spec/accessModes/0'],
    [
      'a headless Service',
      object('v1', 'Service', 's', { spec: { clusterIP: 'None' } }),
      object('v1', 'Service', 's', { spec: {} }),
      'from "None" to nothing',
    ],
    ['what a class keeps', storageClass({ reclaimPolicy: 'Retain' }), storageClass({}), 'from "Retain" to "Delete"'],
    ['the class of a cluster', cluster({ storageClass: 'a' }), cluster({ storageClass: 'b' }), 'as CloudNativePG moves no volume'],
    [
      'the size of a cluster',
      cluster({ size: '1Ti' }),
      cluster({ size: '100Gi' }),
      '/spec/storage/size of Cluster/db in data from "1Ti" to "100Gi"',
    ],
    ['the Secret of a secret', secret({ name: 's' }), secret({ name: 't' }), 'from "s" to "t" as another Secret appears'],
    [
      'the rank of a priority',
      object('scheduling.k8s.io/v1', 'PriorityClass', 'p', { value: 1 }),
      object('scheduling.k8s.io/v1', 'PriorityClass', 'p', { value: 2 }),
      '/value of',
    ],
  ])('refuses to change %s', (_, before, after, message) => {
    const { code, told } = change([before], [after]);

    expect(code).toBe(1);
    expect(told).toContain(message);
    expect(told).toContain("{ what: 'field', where: 'prod/a/llm/");
  });

  test.each<[string, Manifest, Manifest]>([
    ['a claim that grows', claim(), claim({ resources: { requests: { storage: '0.5Ti' } } })],
    ['a default that is written', statefulSet(), statefulSet({ podManagementPolicy: 'OrderedReady' })],
    ['replicas', statefulSet({ replicas: 1 }), statefulSet({ replicas: 3 })],
    ['a Secret named as it was', secret({}), secret({ name: 's' })],
    [
      'a Job that each sync makes again',
      job('a', { 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' }),
      job('b', { 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' }),
    ],
    [
      'the address of a Service',
      object('v1', 'Service', 's', { spec: {} }),
      object('v1', 'Service', 's', { spec: { clusterIP: '10.0.0.1' } }),
    ],
  ])('changes %s', (_, before, after) => {
    expect(change([before], [after]).code).toBe(0);
  });

  test('compares what was here before a merge that left a conflict', () => {
    run({ 'prod/a': { llm: [statefulSet()] } });
    const path = join(root, 'dist/prod/a/llm/StatefulSet.redis.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replace('  serviceName: redis\n', '<<<<<<< HEAD\n  serviceName: redis\n=======\n  serviceName: cache\n>>>>>>> x\n'),
    );

    expect(run({ 'prod/a': { llm: [statefulSet({ serviceName: 'cache' })] } }).told).toContain('from "redis" to "cache"');
    expect(run({ 'prod/a': { llm: [statefulSet()] } }).code).toBe(0);
  });

  test('refuses to overwrite what it cannot compare', () => {
    run({ 'prod/a': { llm: [statefulSet()] } });
    writeFileSync(join(root, 'dist/prod/a/llm/StatefulSet.redis.yaml'), '# Synthesized by Slipway\n{');

    expect(run({ 'prod/a': { llm: [statefulSet()] } }).told).toContain(
      'Cannot compare "dist/prod/a/llm/StatefulSet.redis.yaml" with what was committed as it holds no manifest: restore it with "git checkout HEAD',
    );
  });
});

test('compares with whatever somebody wrote into a committed file, or says that it cannot', () => {
  const path = join(root, 'dist/prod/a/llm/StatefulSet.redis.yaml');
  const wrong = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => stringify(value)),
    fc.jsonValue().map((spec) => stringify({ ...statefulSet(), spec })),
    fc.constantFrom('a: &a [*a]', '['.repeat(20_000), `a: ${'{a: '.repeat(5000)}`, '<<<<<<< x\n', '__proto__: {kind: x}'),
  );
  run({ 'prod/a': { llm: [statefulSet()] } });
  fc.assert(
    fc.property(wrong, (text) => {
      writeFileSync(path, `# Synthesized by Slipway\n${text}`);
      const { told } = run({ 'prod/a': { llm: [statefulSet()] } }, [], ['--check']);

      expect(told).toMatch(/^(?:Cannot compare|prod\/a: Cannot change|differs )/);
      expect(told).not.toMatch(/\n {4}at /);
    }),
  );
});

describe('rollbacks', () => {
  const digest = '@sha256:0123';

  test.each([
    ['a tag', 'vllm/vllm-openai:v0.24.0', 'vllm/vllm-openai:v0.9.2', 'Cannot go back from image vllm/vllm-openai v0.24.0 to v0.9.2 as '],
    ['a build', 'pg:15.19-202608310817-bookworm', 'pg:15.19-202607310817-bookworm', 'Cannot go back'],
    ['a final version', 'web:v1.2.0', 'web:v1.2.0-rc1', 'Cannot go back'],
    ['a digest', `web:v1${digest}`, 'web:v1', 'Cannot run image web:v1 without its digest'],
  ])('refuses to go back from %s', (_, from, to, message) => {
    const { code, told } = change([deployment(from)], [deployment(to)]);

    expect(code).toBe(1);
    expect(told).toContain(message);
  });

  test.each([
    ['a later tag', 'web:v0.9.2', 'web:v0.24.0'],
    ['a later tag without a digest', `web:v0.9.2${digest}`, 'web:v0.24.0'],
    ['another digest', `web:v1${digest}`, 'web:v1@sha256:4567'],
    ['another variant', 'web:7.4.11-alpine', 'web:7.4.11-bookworm'],
    ['another repository', 'web:v2', 'other/web:v1'],
    ['a tag without a number', 'web:v2', 'web:stable'],
  ])('lets an image become %s', (_, from, to) => {
    expect(change([deployment(from)], [deployment(to)]).code).toBe(0);
  });

  test('refuses an earlier chart, and an image that a chart runs', () => {
    const application = (chart: string, tag: string) =>
      object('argoproj.io/v1alpha1', 'Application', 'kong', {
        spec: { source: { chart: 'kong', targetRevision: chart, helm: { valuesObject: { image: { repository: 'kong', tag } } } } },
      });
    run({ 'prod/a': { llm: [] } }, [], [], { 'prod/a': [application('3.2.0', '3.9.3@sha256:01')] });
    const { told } = run({ 'prod/a': { llm: [] } }, [], [], { 'prod/a': [application('3.1.9', '3.9.2@sha256:01')] });

    expect(told).toContain('Cannot go back from chart kong 3.2.0 to 3.1.9');
    expect(told).toContain("{ what: 'rollback', where: 'prod/a/charts/kong', ");
    expect(told).toContain('Cannot go back from image kong 3.9.3 to 3.9.2');
  });

  describe('of models', () => {
    const marker = (model: string, revision: string) => configMap('release', { model, revision });

    test('refuses an earlier generation, whatever its size', () => {
      const { told } = change([marker('llama-3.1-8b-instruct', 'a')], [marker('llama-2-70b-chat', 'b')]);

      expect(told).toContain('Cannot go back from model llama-3.1-8b-instruct to llama-2-70b-chat as it is of an earlier generation');
    });

    test('refuses to serve no known revision', () => {
      expect(change([marker('llama', 'abc')], [marker('llama', 'unresolved')]).told).toContain(
        'Cannot serve model llama at no known revision',
      );
    });

    test('refuses a revision that the history knows as an earlier one, and no other', () => {
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
      git('init', '-q');
      for (const revision of ['aaaa1111', 'bbbb2222']) {
        run({ 'prod/a': { llm: [marker('llama', revision)] } });
        git('add', 'dist');
        git('commit', '-q', '-m', revision);
      }

      expect(run({ 'prod/a': { llm: [marker('llama', 'aaaa1111')] } }).told).toContain(
        'Cannot go back from model llama bbbb2222 to aaaa1111',
      );
      expect(run({ 'prod/a': { llm: [marker('llama', 'cccc3333')] } }).code).toBe(0);
    });
  });
});

describe('tombstones', () => {
  const whole: Fleet = { 'prod/a': { llm: [configMap('x')], db: [claim(), configMap('y')] } };
  const without: Fleet = { 'prod/a': { llm: [configMap('x')] } };

  test('allow a loss, which the next synth and --check do not miss', () => {
    const tombstone = bury('app', 'prod/a/db');
    run(whole);

    expect(run(without, [tombstone]).code).toBe(0);
    expect(files()).toEqual(['dist/ConfigMap.tombstones.yaml', 'dist/prod/a/llm/ConfigMap.x.yaml']);
    expect(run(without, [tombstone]).code).toBe(0);
    expect(run(without, [tombstone], ['--check']).code).toBe(0);
    expect(run(without).code).toBe(0);
    expect(files()).toEqual(['dist/prod/a/llm/ConfigMap.x.yaml']);
  });

  test('allow exactly what they name', () => {
    run(whole);

    expect(
      run({ 'prod/a': { llm: [configMap('x')], db: [configMap('y')] } }, [bury('object', 'prod/a/db/PersistentVolumeClaim.models')]).code,
    ).toBe(0);
    expect(run(without, [bury('object', 'prod/a/db/PersistentVolumeClaim.models')]).told).toContain('Cannot remove app "db"');
  });

  test.each<[string, Tombstone, string]>([
    [
      'that nothing matches',
      bury('app', 'prod/a/dbb'),
      'Cannot use tombstone "app prod/a/dbb" as nothing of that kind is removed there: correct it, or remove it',
    ],
    [
      'for what is still there',
      bury('app', 'prod/a/llm'),
      'Cannot use tombstone "app prod/a/llm" as nothing of that kind is removed there',
    ],
    [
      'that has lapsed',
      bury('app', 'prod/a/db', { until: '2001-01-01' }),
      'as it lapsed on 2001-01-01: remove it, or agree on a new day with platform',
    ],
    ['of no day', bury('app', 'prod/a/db', { until: '2999-02-30' }), 'as its last day "2999-02-30" is in no calendar'],
    [
      'of a day that nobody lives to see',
      bury('app', 'prod/a/db', { until: '2999-12-31' }),
      'as its last day 2999-12-31 is more than 1096 days away',
    ],
    ['of a sign', bury('app', 'prod/a/db', { owner: '?' }), 'as nobody answers for it'],
    ['for a word that says nothing', bury('app', 'prod/a/db', { reason: 'TODO' }), 'as it gives no reason'],
    ['of nobody', bury('app', 'prod/a/db', { owner: '<team>' }), 'as nobody answers for it'],
    ['without a reason', bury('app', 'prod/a/db', { reason: ' ' }), 'as it gives no reason'],
    ['without a place', bury('app', 'db'), 'as it names no place'],
  ])('refuses one %s', (_, tombstone, message) => {
    run(whole);
    const { code, told } = run(whole, [tombstone]);

    expect(code).toBe(1);
    expect(told).toContain(message);
  });

  test('refuses one that stands twice', () => {
    run(whole);

    expect(run(without, [bury('app', 'prod/a/db'), bury('app', 'prod/a/db')]).told).toContain('Cannot use tombstone "app prod/a/db" twice');
  });

  test('refuses one whose app is back', () => {
    run(whole);
    run(without, [bury('app', 'prod/a/db')]);

    expect(run(whole, [bury('app', 'prod/a/db')]).told).toContain('as nothing of that kind is removed there');
  });

  test('a lapsed one allows nothing', () => {
    run(whole);

    expect(run(without, [bury('app', 'prod/a/db', { until: '2001-01-01' })]).told).toContain('Cannot remove app "db"');
  });

  test('are recorded where nothing is committed yet', () => {
    expect(run(without, [bury('app', 'prod/a/db')]).code).toBe(0);
    expect(run(without, [bury('app', 'prod/a/db')]).code).toBe(0);
  });
});

describe('--check', () => {
  test('tells what a synth would refuse, and changes nothing', () => {
    run({ 'prod/a': { llm: [configMap('x'), claim()] } });
    const { code, told } = run({ 'prod/a': { llm: [configMap('x')] } }, [], ['--check']);

    expect(code).toBe(1);
    expect(told).toContain('Cannot remove PersistentVolumeClaim/models in data as it holds data: bring it back');
    expect(existsSync(join(root, 'dist/prod/a/llm/PersistentVolumeClaim.models.yaml'))).toBe(true);
  });
});

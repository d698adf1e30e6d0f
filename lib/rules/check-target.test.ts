import { assert, constantFrom, integer, property } from 'fast-check';

import { sharingObjects } from '../kubernetes/shared-objects';
import { targetRules } from './all';
import { checkTarget, findProblems } from './check-target';
import { report } from './finding';
import { type RuledTarget, TargetIndex } from './target-index';
import { TODAY } from './testing/problems';
import { type Draft, type Drafts, sampleTarget } from './testing/sample-target';

test('finds nothing in a target that is right', () => {
  expect(checkTarget(sampleTarget())).toEqual([]);
});

const lost = (...names: string[]) => sampleTarget(({ remove }) => remove(...names));

test('writes a problem as place, object, field and message, and reason and cure once for each rule', () => {
  const [first, second, ...others] = checkTarget(lost('StorageClass/block'));

  expect(first).toBe(
    'test/nowhere/llm PersistentVolumeClaim/models in llm: /spec/storageClassName names StorageClass "block", which does not exist (there is none) [storage-resolves]',
  );
  expect(second?.split('\n')).toEqual([
    'test/nowhere/llm Cluster/database in llm: /spec/storage/storageClass names StorageClass "block", which does not exist (there is none) [storage-resolves]',
    expect.stringMatching(/^ {4}why: A pod whose claim/),
    expect.stringMatching(/^ {4}fix: Define the claim/),
  ]);
  expect(others).toEqual([]);
});

test('writes the same problem of several targets once', () => {
  const target = lost('PriorityClass/serving');
  const places = ['us-west-2', 'eu-west-1'].map((region) => ({ ...target, environment: 'prod', region }));

  expect(report(places.flatMap((place) => findProblems(place, TODAY)))).toEqual([
    expect.stringMatching(
      /^\{prod\/us-west-2,prod\/eu-west-1\}\/app Deployment\/web in app: .* \[platform-resolves\]\n {4}why: .*\n {4}fix: /,
    ),
  ]);
});

test('reports the problems of all rules together', () => {
  expect(checkTarget(lost('PriorityClass/serving', 'StorageClass/block', 'ServiceAccount/web'))).toHaveLength(4);
});

const alone = targetRules.filter((rule) => rule.alone === true);

test.each(alone.map((rule) => [rule.id, rule] as const))('%s, which judges objects alone, asks for nothing but objects', (_, rule) => {
  const index = new TargetIndex(sampleTarget());
  const asked = new Set<string | symbol>();
  const watched = new Proxy(index, {
    get(from, name) {
      asked.add(name);
      const value: unknown = Reflect.get(from, name, from);
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
  expect([...rule.check(watched)]).toEqual([]);
  expect([...asked].filter((name) => !['all', 'containers', 'objects', 'workloads'].includes(String(name)))).toEqual([]);
});

test('judges an object that targets share wherever it is wrong', () => {
  const shared = (change?: (drafts: Drafts) => void): RuledTarget => {
    const target = sampleTarget(change);
    return { ...target, apps: sharingObjects(target.apps.map((app) => ({ namespace: '', ...app }))) };
  };
  const wrong = () =>
    shared(({ get }) => {
      get('Deployment/web').spec.template.spec.enableServiceLinks = true;
    });
  const found = [shared(), wrong(), wrong(), shared()].map((target) => findProblems(target, TODAY).map(({ rule }) => rule.id));

  expect(found).toEqual([[], ['no-service-links'], ['no-service-links'], []]);
});

test('leaves out what is known', () => {
  const index = new TargetIndex(sampleTarget());
  const [first, ...others] = index.objects;

  expect(index.without(new Set(first && [first])).objects).toEqual(others);
});

/** Every place in an object: the path that leads there. */
function places(value: Draft, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.keys(value).flatMap((field) => places(value[field], [...path, field]))];
}

test('takes whatever stands in a manifest from disk, without a stack trace', () => {
  const objects = sampleTarget().apps.flatMap(({ manifests }) => manifests);
  const all = objects.flatMap((object, i) => places(object.spec, []).map((path) => ({ i, path })));
  const odd = constantFrom<unknown>(undefined, null, '', 'text', 0, -1.5, true, [], [null], ['text'], [[]], {}, { name: {} }, { '*': [1] });

  assert(
    property(integer({ min: 0, max: all.length - 1 }), odd, (place, value) => {
      const { i, path } = all[place] as (typeof all)[number];
      const target: RuledTarget = sampleTarget();
      let parent: Draft = target.apps.flatMap(({ manifests }) => manifests)[i];
      for (const field of ['spec', ...path].slice(0, -1)) parent = parent[field];
      parent[['spec', ...path].at(-1) as string] = structuredClone(value);

      expect(Array.isArray(checkTarget(target))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

import { sharingObjects } from '../kubernetes/shared-objects';
import { targetRules } from './all';
import { checkTarget, findProblems } from './check-target';
import { report } from './finding';
import { type RuledTarget, TargetIndex } from './target-index';
import { behindIstio } from './testing/behind-istio';
import { TODAY } from './testing/problems';
import { type Draft, type Drafts, sampleTarget } from './testing/sample-target';

test('finds nothing in a target that is right', () => {
  expect([...checkTarget(sampleTarget()), ...checkTarget(sampleTarget(behindIstio))]).toEqual([]);
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

/** What makes a manifest one: without it, there is nothing to check. */
const NEEDED = new Set(['apiVersion', 'kind', 'metadata', 'metadata/name', 'metadata/namespace']);

const odd = [undefined, null, '', 'text', 0, -1.5, true, [], [null], ['text'], [[]], {}, { name: {} }, { '*': [1] }];

test('takes whatever stands at any place of a manifest from disk, without a stack trace', () => {
  const objectsOf = ({ apps }: RuledTarget): readonly Draft[] => apps.flatMap(({ manifests }) => manifests);
  const ways = objectsOf(sampleTarget()).map((object) => places(object).filter((way) => way.length > 0 && !NEEDED.has(way.join('/'))));
  const failures = new Set<string>();

  // One place of each object at a time, and another value in each: every pair of both is met within seconds.
  for (let round = 0; round < Math.max(...ways.map(({ length }) => length)); round++) {
    for (const shift of odd.keys()) {
      const target = sampleTarget();
      for (const [i, object] of objectsOf(target).entries()) {
        const way = ways[i]?.[round];
        if (way === undefined) continue;
        const parent: Draft = way.slice(0, -1).reduce((inner, field) => inner[field], object);
        parent[way.at(-1) as string] = structuredClone(odd[(i + shift) % odd.length]);
      }
      try {
        checkTarget(target);
      } catch (error) {
        failures.add((error as Error).stack?.split('\n').slice(0, 3).join('\n') ?? '');
      }
    }
  }
  expect([...failures]).toEqual([]);
});

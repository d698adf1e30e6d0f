import type { SynthesizedApp } from '../../kubernetes/synthesized';
import { find } from '../../testing/manifests';
import { defineAddons } from '../addon-applications';
import { addonsOf } from '../addons/addons';
import { deliveredTarget } from '../delivered';
import { defineDelivery } from '../delivery';
import { deliveryProblems } from './delivery-problems';
import { images, object, repository, synthesized, target } from './example';
import { render } from './rendered';

const prod = target('prod', 'us-west-2', { delivery: { removal: 'by-hand', rollingSync: { because: 'this is a test' } } });
const dist = [synthesized(prod)];

/** A delivery that is right. */
function delivery(): SynthesizedApp[] {
  const delivered = deliveredTarget(prod, [['us-west-2']], dist[0]?.apps ?? [], addonsOf(prod, images));
  return [...defineDelivery([delivered], repository), defineAddons(delivered)];
}

/** What is found in a delivery after somebody broke it. */
function problemsAfter(breaking: (delivery: readonly SynthesizedApp[]) => void): string[] {
  const broken = structuredClone(delivery());
  breaking(broken);
  return deliveryProblems(broken, dist);
}

const one = (folders: readonly SynthesizedApp[], kind: string, name: string) =>
  find(
    folders.flatMap(({ manifests }) => manifests),
    kind,
    name,
  );
const set = (folders: readonly SynthesizedApp[]) => one(folders, 'ApplicationSet', 'inference-prod').spec;
const project = (folders: readonly SynthesizedApp[]) => one(folders, 'AppProject', 'inference-prod').spec;
const addon = (folders: readonly SynthesizedApp[]) => one(folders, 'Application', 'flagger-prod-us-west-2').spec;

test('finds nothing in a delivery that is right', () => {
  expect(deliveryProblems(delivery(), dist)).toEqual([]);
});

test.each<[string, (folders: readonly SynthesizedApp[]) => void, string]>([
  [
    'a cluster that is not registered',
    (it) => (set(it).generators[0].list.elements[0].cluster = 'prod-us-west-9'),
    'no cluster is called prod-us-west-9',
  ],
  ['a project that is not there', (it) => (set(it).template.spec.project = 'default'), 'there is no project default'],
  [
    'a project made by a template',
    (it) => (set(it).template.spec.project = 'inference-{{.environment}}'),
    'its project is made by a template',
  ],
  [
    'a repository that the project does not know',
    (it) => (project(it).sourceRepos = ['https://git.example.com/other.git']),
    'its project does not know https://git',
  ],
  [
    'a namespace that the project does not know',
    (it) => (project(it).destinations[0].namespace = 'other'),
    'its project does not know its destination',
  ],
  ['a wildcard in a project', (it) => (project(it).destinations[0].namespace = '*'), 'destinations holds a wildcard'],
  [
    'a kind that the project does not permit',
    (it) => (project(it).namespaceResourceWhitelist = [{ group: 'flagger.app', kind: 'Canary' }]),
    'its project does not permit Deployment/llm-service',
  ],
  [
    'a folder that nobody delivers',
    (it) => set(it).generators[0].list.elements.pop(),
    'dist/prod/us-west-2/llm: no Application delivers it',
  ],
  [
    'an Application without a folder',
    (it) => (set(it).generators[0].list.elements[0].app = 'gone'),
    'dist/prod/us-west-2/gone: there is no such folder',
  ],
  ['an ApplicationSet that takes misspelt keys', (it) => (set(it).goTemplateOptions = []), 'a misspelt key would render as <no value>'],
  [
    'a ring that no step selects',
    (it) => (set(it).strategy.rollingSync.steps[0].matchExpressions[0].values = ['9']),
    'llm-prod-us-west-2 is in 0 steps',
  ],
  ['protection by halves', (it) => (set(it).syncPolicy.preserveResourcesOnDeletion = false), 'are not protected alike'],
  ['a revision that moves', (it) => (set(it).template.spec.source.targetRevision = 'HEAD'), 'it follows HEAD'],
  ['a range of chart versions', (it) => (addon(it).source.targetRevision = '^1.0.0'), 'it follows ^1.0.0'],
  ['two tools for one source', (it) => (addon(it).source.directory = { recurse: true }), 'not one tool renders it'],
  [
    'an option that Argo CD does not know',
    (it) => addon(it).syncPolicy.syncOptions.push('ServerSideAply=true'),
    'unknown sync option ServerSideAply=true',
  ],
  [
    'a pointer that is none',
    (it) => (set(it).template.spec.ignoreDifferences[0].jsonPointers = ['spec.replicas']),
    'no pointer: spec.replicas',
  ],
  [
    'two Applications of one name',
    (it) => ((one(it, 'Application', 'kong-prod-us-west-2').metadata as { name: string }).name = 'llm-prod-us-west-2'),
    'Application/llm-prod-us-west-2: it is there twice',
  ],
])('finds %s', (_, breaking, problem) => {
  expect(problemsAfter(breaking)).toContainEqual(expect.stringContaining(problem));
});

test('finds an object that two apps of a cluster deliver', () => {
  const twice = [{ name: 'one', namespace: 'llm', manifests: [object('v1', 'ConfigMap', 'same', {}, 'llm')] }];
  const [{ environment, region, apps }] = dist as [(typeof dist)[number]];
  const problems = deliveryProblems(delivery(), [{ environment, region, apps: [...apps, ...twice, ...twice] }]);

  expect(problems).toContain('prod/us-west-2: /ConfigMap/same in llm is delivered twice');
});

test('renders the keys of an element into every text', () => {
  expect(render({ name: '{{.app}}-{{.region}}', list: ['{{.app}}'], limit: 5 }, { app: 'llm', region: 'eu' })).toEqual({
    ...{ name: 'llm-eu', list: ['llm'], limit: 5 },
  });
});

test.each([
  ['a key that is missing', '{{.regoin}}', 'Cannot render "{{.regoin}}" as "regoin" is no text'],
  ['a number', '{{.ring}}', 'Cannot render "{{.ring}}" as "ring" is no text'],
  ['what Go would evaluate', '{{region}}', 'Cannot render "{{region}}" as only {{.key}} is known'],
])('fails on %s', (_, template, message) => {
  expect(() => render(template, { ring: 1 })).toThrow(message);
});

import type { Draft } from '../testing/sample-target';
import { findUnlike } from './regions-agree';

const PLACES = [
  ['prod', 'us-west-2'],
  ['prod', 'eu-west-1'],
  ['prod', 'us-east-1'],
  ['dev', 'local'],
] as const;

/** Four places with one app each, and the folders of `argocd/` for them. */
const tree = (): Draft => ({
  targets: PLACES.map(([environment, region]) => ({
    ...{ environment, region },
    apps: [
      {
        name: 'app',
        manifests: [
          {
            ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'app' } },
            spec: { replicas: 3, paused: false, bucket: `models-${region}`, ports: [{ name: 'http', containerPort: 8080 }] },
          },
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'web', namespace: 'app' },
            data: { file: 'timeout: 620\ncache: true\n' },
          },
        ],
      },
    ],
  })),
  folders: PLACES.map(([environment, region]) => ({
    name: `${environment}/${region}`,
    manifests: [
      {
        ...{
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: `kong-${environment}-${region}`, namespace: 'argocd' },
        },
        spec: { project: `addons-${environment}` },
      },
    ],
  })),
  files: new Map(),
});

const web = (drafts: Draft, at = 0): Draft => drafts.targets[at].apps[0].manifests[0].spec;
const unlike = (change: (drafts: Draft) => void, meant = tree()): readonly string[] => {
  const drafts = tree();
  change(drafts);
  return findUnlike(drafts, () => meant).map(({ place, field, message }) => [place, field, message].filter(Boolean).join(' '));
};

test('accepts places that differ by their names alone', () => {
  expect(unlike(() => {})).toEqual([]);
});

test.each<[string, (drafts: Draft) => void]>([
  ['more of something', (drafts) => Object.assign(web(drafts), { replicas: 6 })],
  ['an amount beside what all have', (drafts) => Object.assign(web(drafts), { minReadySeconds: 10 })],
  ['a change that all share', (drafts) => [0, 1, 2, 3].forEach((at) => void Object.assign(web(drafts, at), { paused: true }))],
  ['a change that two share', (drafts) => [0, 1].forEach((at) => void Object.assign(web(drafts, at), { paused: true }))],
  [
    'a label beside what all have',
    (drafts) => Object.assign(drafts.targets[0].apps[0].manifests[0].metadata, { labels: { team: 'chat' } }),
  ],
  ['an item more', (drafts) => void web(drafts).ports.unshift({ name: 'metrics', containerPort: 9090 })],
  ['an app that it does not have', (drafts) => void drafts.targets[0].apps.pop()],
])('accepts %s', (_, change) => {
  expect(unlike(change)).toEqual([]);
});

test.each<[string, (drafts: Draft) => void, string]>([
  [
    'another word',
    (drafts) => Object.assign(web(drafts), { paused: true }),
    'prod/us-west-2 /spec/paused is "true", and "false" in all of the 3 others',
  ],
  [
    'an amount of another size',
    (drafts) => Object.assign(web(drafts), { replicas: 0 }),
    'prod/us-west-2 /spec/replicas holds 0, and 3 or near it in all of the 3 others',
  ],
  [
    'the name of another place',
    (drafts) => Object.assign(web(drafts), { bucket: 'models-us-east-1' }),
    'prod/us-west-2 /spec/bucket is "models-us-east-1", and "models-eu-west-1" in all of the 3 others',
  ],
  [
    'another port',
    (drafts) => Object.assign(web(drafts).ports[0], { containerPort: 8081 }),
    'prod/us-west-2 /spec/ports/name=http/containerPort is "8081", and "8080" in all of the 3 others',
  ],
  ['a field that is lost', (drafts) => void delete web(drafts).ports, 'prod/us-west-2 /spec/ports is missing, and there in all others'],
  [
    'a line that is lost',
    (drafts) => Object.assign(drafts.targets[0].apps[0].manifests[1].data, { file: 'timeout: 620\n' }),
    'prod/us-west-2 /data/file is "timeout: 620\\n", and "timeout: 620\\ncache: true\\n" in all of the 3 others',
  ],
  [
    'an object that is lost',
    (drafts) => void drafts.targets[0].apps[0].manifests.pop(),
    'prod/us-west-2 lacks ConfigMap/web in app, which all others have',
  ],
  [
    'another project',
    (drafts) => Object.assign(drafts.folders[0].manifests[0].spec, { project: 'default' }),
    'argocd/prod/us-west-2 /spec/project is "default", and "addons-prod" in all of the 3 others',
  ],
])('fails for %s in one place', (_, change, message) => {
  expect(unlike(change)).toEqual([message]);
});

test('compares the regions of an environment where another one differs from them', () => {
  expect(
    unlike((drafts) => {
      Object.assign(web(drafts, 3), { paused: 'sometimes' });
      Object.assign(web(drafts, 1), { paused: true });
    }),
  ).toEqual(['prod/eu-west-1 /spec/paused is "true", and "false" in all of the 2 others']);
});

test('accepts what the code writes just so', () => {
  const meant = tree();
  Object.assign(web(meant), { paused: true });
  meant.targets[1].apps[0].manifests.pop();

  expect(
    unlike((drafts) => {
      Object.assign(web(drafts), { paused: true });
      drafts.targets[1].apps[0].manifests.pop();
    }, meant),
  ).toEqual([]);
});

test('asks what the code writes only where something differs', () => {
  expect(() =>
    findUnlike(tree(), () => {
      throw new Error('asked');
    }),
  ).not.toThrow();
});

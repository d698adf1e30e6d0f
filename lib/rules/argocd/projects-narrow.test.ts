import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const project = (change: (spec: Draft) => void) => fleetProblems('projects-narrow', ({ get }) => change(get('AppProject/apps-prod').spec));
const AT = 'AppProject/apps-prod: /spec';

test('fails for destinations that permit anything, and for one that is there twice', () => {
  expect(
    project(({ destinations }) => {
      destinations[0].name = '*';
    }),
  ).toEqual([expect.stringMatching(/^AppProject\/apps-prod: \/spec\/destinations\/0 permits anything: /)]);
  expect(
    project(({ destinations }) => {
      destinations[0].server = 'https://kubernetes.default.svc';
    }),
  ).toEqual([`${AT}/destinations/0/server is written: Argo CD permits what matches the server or the name`]);
  expect(project(({ destinations }) => void destinations.push(structuredClone(destinations[0])))).toEqual([
    expect.stringMatching(/^AppProject\/apps-prod: \/spec\/destinations\/\d+ is there twice: /),
  ]);
  expect(
    project((spec) => {
      spec.destinations = [];
    }),
  ).toEqual([`${AT}/destinations is empty: nothing may be deployed`]);
});

test('fails for every repository, and for a denial of everything', () => {
  expect(
    project((spec) => {
      spec.sourceRepos = ['*'];
    }),
  ).toEqual([`${AT}/sourceRepos/0 permits anything: "*"`]);
  expect(project(({ sourceRepos }) => void sourceRepos.push('!*'))).toContain(`${AT}/sourceRepos/1 denies everything`);
});

test('fails for every kind, and for Secrets in a project that delivers no chart', () => {
  expect(project((spec) => void delete spec.namespaceResourceWhitelist)).toEqual([
    `${AT}/namespaceResourceWhitelist is not written: every kind is permitted`,
  ]);
  expect(
    project((spec) => {
      spec.clusterResourceWhitelist = [{ group: '*', kind: '*' }];
    }),
  ).toEqual([`${AT}/clusterResourceWhitelist/0 permits every kind`]);
  expect(
    project((spec) => {
      spec.namespaceResourceWhitelist = [{ group: '', kind: 'Secret' }];
    }),
  ).toEqual([`${AT}/namespaceResourceWhitelist/0 permits Secrets, which Git holds none of`]);
});

const role = (change: object) =>
  project((spec) => {
    const policies = ['p, proj:apps-prod:release, applications, sync, apps-prod/*, allow'];
    spec.roles = [{ name: 'release', policies, groups: ['ml-release'], ...change }];
  });

test('accepts a role as it should be', () => {
  expect(role({})).toEqual([]);
});

test.each([
  [{ name: 'ci release', policies: [] }, `${AT}/roles/0/name is "ci release", no name of a role`],
  [
    { policies: ['p, proj:apps-dev:release, applications, sync, apps-prod/*, allow'] },
    `${AT}/roles/0/policies/0 is "p, proj:apps-dev:release,`,
  ],
  [{ policies: ['p, proj:apps-prod:release, applications, sync, */*, allow'] }, `${AT}/roles/0/policies/0 is "p, proj:apps-prod:release,`],
  [{ groups: ['a,b'] }, `${AT}/roles/0/groups/0 is "a,b", no name of a group`],
])('fails for a role with %j', (change, problem) => {
  expect(role(change)).toEqual([expect.stringContaining(problem)]);
});

test('fails for the project called default', () => {
  expect(
    fleetProblems('projects-narrow', ({ get }) => {
      get('AppProject/addons-prod').metadata.name = 'default';
    }),
  ).toContain('AppProject/default: /metadata/name is "default", the project that Argo CD makes for itself');
});

test('fails for a project that any namespace may use, and for a role that may do anything', () => {
  const policies = ['p, proj:apps-prod:ci, applications, *, apps-prod/*, allow'];

  expect(project((spec) => Object.assign(spec, { sourceNamespaces: ['*'], roles: [{ name: 'ci', policies }] }))).toEqual([
    `${AT}/sourceNamespaces/0 is "*": whoever may write there may deploy as this project`,
    `${AT}/roles/0/policies/0 allows every action, deletion and overrides too: name them`,
  ]);
});

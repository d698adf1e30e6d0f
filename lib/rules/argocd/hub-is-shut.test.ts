import { fleetProblems } from '../testing/fleet-problems';

const SETTINGS = 'ConfigMap/argocd-cm';

const set = (name: string, value: string) =>
  fleetProblems('hub-is-shut', ({ get }) => {
    get(SETTINGS).data[name] = value;
  });

test('accepts switches that are off, and exclusions of single kinds', () => {
  expect(set('exec.enabled', 'false')).toEqual([]);
  expect(set('resource.exclusions', '- apiGroups: [cilium.io]\n  kinds: [CiliumIdentity]\n  clusters: ["*"]\n')).toEqual([]);
});

test.each([
  ['users.anonymous.enabled', 'is true: whoever reaches the address reads all Applications, without a login'],
  ['exec.enabled', 'is true: the web page opens shells in pods of every cluster'],
])('fails for %s', (name, message) => {
  expect(set(name, 'true')).toEqual([expect.stringContaining(`${SETTINGS}: /data/${name} ${message}`)]);
});

test('fails for a server that speaks plain text, or asks nobody', () => {
  for (const name of ['server.insecure', 'server.disable.auth']) {
    const found = fleetProblems('hub-is-shut', ({ get }) => {
      Object.assign(get(SETTINGS), { metadata: { name: 'argocd-cmd-params-cm', namespace: 'argocd' }, data: { [name]: 'true' } });
    });
    expect(found).toEqual([expect.stringContaining(`/data/${name} is true`)]);
  }
});

test.each(['- apiGroups: ["*"]\n', '- apiGroups: [apps]\n  kinds: ["*"]\n', '- apiGroups: ['])('fails for the exclusion %j', (text) => {
  expect(set('resource.exclusions', text)).toEqual([expect.stringContaining('/data/resource.exclusions excludes every kind')]);
});

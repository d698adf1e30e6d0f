import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const found = (change: (spec: Draft) => void) =>
  fleetProblems('freezes-agree', ({ get }) => {
    change(get('AppProject/apps-prod').spec);
  });

const PROBLEM = expect.stringMatching(
  /^AppProject\/apps-prod: \/spec\/syncWindows differs from that of .*addons-prod, which lead to the same clusters$/,
);

test.each<[string, (spec: Draft) => void]>([
  ['none', (spec) => delete spec.syncWindows],
  ['one that allows in place of denying', (spec) => Object.assign(spec.syncWindows[0], { kind: 'allow' })],
  ['one that never ends', (spec) => Object.assign(spec.syncWindows[0], { duration: '168h' })],
])('fails for a project with another window than its neighbours: %s', (_, change) => {
  expect(found(change)).toEqual([PROBLEM]);
});

test('accepts projects of other clusters with other windows', () => {
  expect(
    found((spec) => {
      spec.destinations = [{ name: 'dev-local', namespace: 'app' }];
      delete spec.syncWindows;
    }),
  ).toEqual([]);
});

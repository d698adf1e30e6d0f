import { fleetProblems } from '../testing/fleet-problems';

const last = (name: string) =>
  fleetProblems('canary-apps-sync-at-once', ({ get }) => {
    get(`ApplicationSet/${name}`).spec.template.spec.syncPolicy.syncOptions.push('PruneLast=true');
  });

test('fails where the app of a Canary prunes last', () => {
  expect(last('inference-prod')).toEqual([
    'ApplicationSet/inference-prod: /spec/template/spec/syncPolicy/syncOptions/3 is PruneLast=true, though the app holds Canary/model',
  ]);
});

test('accepts it for other apps', () => {
  expect(last('apps-prod')).toEqual([]);
});

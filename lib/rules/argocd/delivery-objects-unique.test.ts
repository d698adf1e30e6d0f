import { fleetProblems } from '../testing/fleet-problems';

test('fails for an object that is there twice', () => {
  expect(fleetProblems('delivery-objects-unique', ({ get, add }) => add(structuredClone(get('AppProject/apps-prod'))))).toEqual([
    'AppProject/apps-prod: /metadata/name is taken: app prod defines AppProject/apps-prod in argocd already',
  ]);
});

test('fails for one that Argo CD does not see', () => {
  expect(
    fleetProblems('delivery-objects-unique', ({ get }) => {
      delete get('AppProject/apps-prod').metadata.namespace;
    }),
  ).toEqual(['AppProject/apps-prod: /metadata/namespace is nothing, not argocd']);
});

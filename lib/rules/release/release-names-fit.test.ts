import { problems } from '../testing/problems';

const LONG = 'm'.repeat(56);

test('fails for names that leave no room for -primary', () => {
  expect(
    problems('release-names-fit', ({ get }) => {
      get('Canary/model').spec.service.name = LONG;
      get('Deployment/model').spec.template.spec.volumes.push({ name: 'config', configMap: { name: LONG } });
    }),
  ).toEqual([
    `Canary/model: /spec/service/name is "${LONG}", 56 characters long: Flagger's copy "${LONG}-primary" has 64, more than 63`,
    `Deployment/model: /spec/template/spec/volumes/1/configMap/name is "${LONG}", 56 characters long: Flagger's copy "${LONG}-primary" has 64, more than 63`,
  ]);
});

test('accepts names of 55 characters', () => {
  expect(
    problems('release-names-fit', ({ get }) => {
      get('Canary/model').spec.service.name = LONG.slice(1);
    }),
  ).toEqual([]);
});

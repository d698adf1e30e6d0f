import { problems } from '../testing/problems';

const strategy = (deployment: string, value: unknown) =>
  problems('rolls-without-gap', ({ get }) => {
    get(`Deployment/${deployment}`).spec.strategy = value;
  });
const FIELD = 'Deployment/web: /spec/strategy/rollingUpdate/maxUnavailable';

test('fails for the default strategy and for one that stops pods first', () => {
  expect(strategy('web', undefined)).toEqual([`${FIELD} is missing, not 0`]);
  expect(strategy('web', { rollingUpdate: { maxUnavailable: '25%' } })).toEqual([`${FIELD} is 25%, not 0`]);
  expect(strategy('web', { type: 'Recreate' })).toEqual([`${FIELD} is missing, as the strategy is Recreate`]);
});

test('accepts that GPU pods make room first', () => {
  expect(strategy('model', { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } })).toEqual([]);
});

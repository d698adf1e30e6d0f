import { problems } from '../testing/problems';

const strategy = (deployment: string, value: unknown) =>
  problems('rolls-without-gap', ({ get }) => {
    get(`Deployment/${deployment}`).spec.strategy = value;
  });

test('fails for the default strategy of four pods and for one that stops pods first', () => {
  expect(strategy('web', undefined)).toEqual(['Deployment/web: /spec/strategy allows 1 of 4 pods to be missing during a rollout']);
  expect(strategy('web', { rollingUpdate: { maxUnavailable: 2 } })).toEqual([
    'Deployment/web: /spec/strategy allows 2 of 4 pods to be missing during a rollout',
  ]);
  expect(strategy('web', { type: 'Recreate' })).toEqual([
    'Deployment/web: /spec/strategy allows 4 of 4 pods to be missing during a rollout',
  ]);
});

test('accepts the default strategy of a single pod, of which a quarter is none', () => {
  expect(
    problems('rolls-without-gap', ({ get, remove }) => {
      remove('HorizontalPodAutoscaler/web');
      delete get('Deployment/web').spec.strategy;
    }),
  ).toEqual([]);
});

test('accepts that GPU pods make room first', () => {
  expect(strategy('model', { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } })).toEqual([]);
});

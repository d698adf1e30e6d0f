import { problems } from '../testing/problems';

const deadlines = (deployment: number | undefined, canary: number | undefined) =>
  problems('release-can-roll', ({ get }) => {
    const { spec } = get('Deployment/model');
    spec.template.spec.containers[0].startupProbe = { periodSeconds: 10, failureThreshold: 120 };
    spec.progressDeadlineSeconds = deployment;
    get('Canary/model').spec.progressDeadlineSeconds = canary;
  });

test('fails for deadlines shorter than the start, the default ones too', () => {
  expect(deadlines(undefined, 1499)).toEqual([
    'Deployment/model: /spec/progressDeadlineSeconds is 600 by default, less than the 1500 seconds that a new node, the image and the startup probe may take',
    'Canary/model: /spec/progressDeadlineSeconds is 1499, less than the 1500 seconds that a new node, the image and the startup probe may take',
  ]);
});

test('accepts deadlines that the start fits in', () => {
  expect(deadlines(1500, 1800)).toEqual([]);
});

test('fails for a Deployment that does not roll', () => {
  expect(
    problems('release-can-roll', ({ get }) => {
      get('Deployment/model').spec.strategy = { type: 'Recreate' };
    }),
  ).toEqual(['Deployment/model: /spec/strategy/type is Recreate, not RollingUpdate']);
});

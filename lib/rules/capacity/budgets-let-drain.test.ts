import { problems } from '../testing/problems';

const budget = (spec: object) =>
  problems('budgets-let-drain', ({ get }) => {
    const object = get('PodDisruptionBudget/web');
    object.spec = { selector: object.spec.selector, ...spec };
  });

test('accepts a budget that lets one pod go', () => {
  expect(problems('budgets-let-drain')).toEqual([]);
  expect(budget({ minAvailable: 1 })).toEqual([]);
  expect(budget({ maxUnavailable: '50%' })).toEqual([]);
});

test.each([{ minAvailable: 2 }, { minAvailable: '100%' }, { maxUnavailable: 0 }, { maxUnavailable: '0%' }, { minAvailable: '51%' }])(
  'fails for a budget of %j, which stops every drain',
  (spec) => {
    const [[field, value] = []] = Object.entries(spec);
    expect(budget(spec)).toEqual([
      `PodDisruptionBudget/web: /spec/${field} is ${value}: of the 2 pods of Deployment/web, none could be evicted, and no node drained`,
    ]);
  },
);

test('fails for a budget that protects nothing', () => {
  expect(budget({ maxUnavailable: '100%' })).toEqual([
    'PodDisruptionBudget/web: /spec/maxUnavailable is 100%: all 2 pods of Deployment/web could be evicted at once',
  ]);
});

test('fails where several pods have no budget', () => {
  expect(problems('budgets-let-drain', ({ remove }) => remove('PodDisruptionBudget/model'))).toEqual([
    'Deployment/model: keeps 4 pods, but no PodDisruptionBudget selects them',
  ]);
});

test('accepts a single pod without a budget, and with one that lets it go', () => {
  expect(
    problems('budgets-let-drain', ({ get, remove }) => {
      get('HorizontalPodAutoscaler/web').spec.minReplicas = 1;
      get('Canary/model').spec.autoscalerRef.primaryScalerReplicas.minReplicas = 1;
      remove('PodDisruptionBudget/model');
    }),
  ).toEqual([]);
});

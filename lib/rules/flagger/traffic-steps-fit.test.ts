import { problems } from '../testing/problems';

const analysis = (fields: object, canaryPods = 1, primaryPods = 4) =>
  problems('traffic-steps-fit', ({ get }) => {
    const { spec } = get('Canary/model');
    delete spec.analysis.stepWeights;
    Object.assign(spec.analysis, fields);
    spec.autoscalerRef.primaryScalerReplicas.minReplicas = primaryPods;
    get('HorizontalPodAutoscaler/model').spec.minReplicas = canaryPods;
  });

test('accepts steps up to the share of the canary', () => {
  expect([
    ...analysis({ stepWeights: [5, 10, 20] }),
    ...analysis({ stepWeight: 5, maxWeight: 20 }),
    ...analysis({ stepWeights: [1] }, 1, 200),
    ...analysis({ iterations: 10 }, 4, 4),
    ...analysis({ iterations: 10, match: [{ headers: {} }] }),
  ]).toEqual([]);
});

test('fails for a share beyond the pods of the canary', () => {
  expect(analysis({ stepWeights: [10, 50] })).toEqual([
    'Canary/model: /spec/analysis/stepWeights reaches 50 %, but 1 canary pod beside 4 primary pods can take 20 %',
  ]);
  expect(analysis({ stepWeight: 10 })).toEqual([
    'Canary/model: /spec/analysis/maxWeight reaches 100 %, but 1 canary pod beside 4 primary pods can take 20 %',
  ]);
});

test('fails for steps that do not rise', () => {
  expect(analysis({ stepWeights: [5, 5, 0, 2.5] })).toEqual([
    'Canary/model: /spec/analysis/stepWeights/1 is 5, not more than the 5 before it',
    'Canary/model: /spec/analysis/stepWeights/2 is 0, not a whole percentage from 1 to 100',
    'Canary/model: /spec/analysis/stepWeights/3 is 2.5, not a whole percentage from 1 to 100',
  ]);
});

test('fails for a step that overshoots, or is no step', () => {
  expect(analysis({ stepWeight: 6, maxWeight: 20 })).toEqual([
    'Canary/model: /spec/analysis/maxWeight is 20, no multiple of 6: the last step would pass it',
  ]);
  expect(analysis({ stepWeight: 0, maxWeight: 20 })).toEqual([
    'Canary/model: /spec/analysis/stepWeight is 0, not between 1 and maxWeight (20)',
  ]);
});

test('fails for two forms at once, and for none', () => {
  expect(analysis({ stepWeights: [5], iterations: 3 })).toEqual([
    'Canary/model: /spec/analysis/stepWeights stands beside iterations: an analysis has one of them',
  ]);
  expect(analysis({})).toEqual(['Canary/model: /spec/analysis has no iterations, stepWeight or stepWeights']);
});

test('fails for weights of requests that must match', () => {
  expect(analysis({ stepWeights: [5, 10], match: [{ headers: { canary: { exact: 'always' } } }] })).toEqual([
    'Canary/model: /spec/analysis/match stands beside weights: only requests that match would reach the canary, whatever its share',
  ]);
});

test('fails for blue/green with a small second set of pods', () => {
  expect(analysis({ iterations: 10 })).toEqual([
    'Canary/model: /spec/analysis/iterations moves all traffic at once, which 1 canary pod would get in place of 4 primary pods',
  ]);
});

import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const changed = (change: (spec: Draft) => void) => problems('canary-is-analysed', ({ get }) => change(get('Canary/model').spec));

test('accepts an analysis with gates and alerts', () => {
  expect(changed(() => {})).toEqual([]);
});

test('fails without an analysis, under its old name too', () => {
  expect(changed((spec) => delete spec.analysis)).toEqual(['Canary/model: /spec/analysis is missing']);
  expect(
    changed((spec) => {
      spec.canaryAnalysis = spec.analysis;
      delete spec.analysis;
    }),
  ).toEqual(['Canary/model: /spec/analysis is missing: canaryAnalysis is its old name, which Flagger does not read here']);
});

test('fails for an analysis that judges nothing and tells nobody', () => {
  expect(
    changed(({ analysis }) => {
      analysis.metrics = [];
      delete analysis.alerts;
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/metrics is empty: any version would pass',
    'Canary/model: /spec/analysis/alerts is empty: nobody would hear of a rollback',
  ]);
});

test('fails for a Canary that is skipped, suspended or takes its pods along', () => {
  expect(
    changed((spec) => {
      spec.skipAnalysis = true;
      spec.suspend = true;
      spec.revertOnDeletion = false;
    }),
  ).toEqual([
    'Canary/model: /spec/skipAnalysis is true: new versions are promoted at once',
    'Canary/model: /spec/suspend is true: new versions are never released',
    'Canary/model: /spec/revertOnDeletion is not true: without its Canary the Deployment stays at zero pods, and the primary is deleted',
  ]);
});

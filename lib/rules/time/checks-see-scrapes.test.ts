import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'checks-see-scrapes';
const metric = (fields: object, change: (drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    Object.assign(drafts.get('Canary/model').spec.analysis.metrics[0], fields);
    change(drafts);
  });

test('accepts two scrapes in an interval', () => {
  expect(metric({ interval: '1m' })).toEqual([]);
});

test('fails for an interval with one scrape', () => {
  expect(
    metric({ interval: '1m' }, ({ get }) => {
      get('PodMonitor/model').spec.podMetricsEndpoints[0].interval = '1m';
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/metrics/0/interval is 1m, but Prometheus scrapes the pods every 60 s: a rate needs two samples',
  ]);
});

test('fails for an interval shorter than that of the checks', () => {
  expect(
    metric({ interval: '1m' }, ({ get }) => {
      get('Canary/model').spec.analysis.interval = '5m';
    }),
  ).toEqual(['Canary/model: /spec/analysis/metrics/0/interval is 1m, shorter than the 5m between two checks']);
});

test('fails for pods that nobody scrapes', () => {
  expect(metric({}, ({ remove }) => remove('PodMonitor/model'))).toEqual([
    'Canary/model: /spec/analysis/metrics have no values: no PodMonitor or ServiceMonitor selects the pods of model',
  ]);
});

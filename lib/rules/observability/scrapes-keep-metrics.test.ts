import { problems } from '../testing/problems';

const relabel = (relabeling: object) =>
  problems('scrapes-keep-metrics', ({ get }) => {
    get('PodMonitor/model').spec.podMetricsEndpoints[0].metricRelabelings = [relabeling];
    get('MetricTemplate/errors').spec.query = 'max(vllm:num_requests_waiting) + max(http_requests_total)';
  });
const byName = { sourceLabels: ['__name__'] };
const AT = 'PodMonitor/model: /spec/podMetricsEndpoints/0/metricRelabelings/0';

test('accepts what drops only metrics and labels that nobody asks for', () => {
  expect(relabel({ ...byName, action: 'drop', regex: 'python_gc_.*' })).toEqual([]);
  expect(relabel({ ...byName, action: 'drop', regex: 'num_requests' })).toEqual([]);
  expect(relabel({ ...byName, action: 'drop', regex: 'http_.*' })).toEqual([]);
  expect(relabel({ ...byName, action: 'keep', regex: 'vllm:.*' })).toEqual([]);
  expect(relabel({ action: 'labeldrop', regex: 'engine' })).toEqual([]);
  expect(relabel({ sourceLabels: ['model_name'], action: 'drop', regex: 'test' })).toEqual([]);
});

test.each([
  ['a metric', { ...byName, action: 'drop', regex: 'vllm:.*' }, ' drops vllm:num_requests_waiting, which a query asks for'],
  ['all that is asked for', { ...byName, action: 'keep', regex: 'vllm_.*' }, ' keeps vllm_.* alone, and no query asks for any of it'],
  ['the bounds of buckets', { action: 'labeldrop', regex: 'l.*' }, ' drops the label le, by which queries tell series apart'],
  ['the names of pods', { action: 'labeldrop', regex: 'pod|engine' }, ' drops the label pod, by which queries tell series apart'],
  ['what cannot be read', { ...byName, action: 'drop', regex: 'vllm:(' }, '/regex is "vllm:(", which is no regular expression'],
])('fails for a monitor that drops %s', (_, relabeling, message) => {
  expect(relabel(relabeling)).toEqual([`${AT}${message}`]);
});

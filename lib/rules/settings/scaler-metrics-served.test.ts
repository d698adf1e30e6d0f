import { podMetrics } from '../../observability/engine-metrics';
import { SERVED_METRICS } from '../known-externals';
import { problems } from '../testing/problems';

const asking = (name: string) =>
  problems('scaler-metrics-served', ({ get }) => {
    get('HorizontalPodAutoscaler/model').spec.metrics = [{ type: 'Pods', pods: { metric: { name }, target: { type: 'AverageValue' } } }];
  });

test('knows what the adapter is configured to serve', () => {
  expect([...SERVED_METRICS].sort()).toEqual(podMetrics.map(({ name }) => name).sort());
});

test('fails for a metric that the adapter does not serve', () => {
  expect(asking('vllm_num_requests_waiting')).toEqual([]);
  expect(asking('vllm:num_requests_waiting')).toEqual([
    'HorizontalPodAutoscaler/model: /spec/metrics/0/pods/metric/name is "vllm:num_requests_waiting", which the adapter does not serve (there: vllm_kv_cache_usage_perc, vllm_num_requests_waiting)',
  ]);
});

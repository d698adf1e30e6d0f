import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const AT = 'HorizontalPodAutoscaler/web: /spec';
const scaled = (change: (spec: Draft, resources: Draft) => void) =>
  problems('scalers-can-decide', ({ get }) =>
    change(get('HorizontalPodAutoscaler/web').spec, get('Deployment/web').spec.template.spec.containers[0].resources),
  );
const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});
const ofPods = (name: string, averageValue: string) => ({
  type: 'Pods',
  pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
});

test('accepts what pods can reach', () => {
  expect(
    scaled((spec, { limits }) => {
      limits.cpu = '400m';
      spec.metrics = [cpu(70), ofPods('vllm_kv_cache_usage_perc', '800m'), ofPods('vllm_num_requests_waiting', '5')];
    }),
  ).toEqual([]);
});

test.each<[string, Draft[], string]>([
  [
    'more than the limits of the pods',
    [cpu(500)],
    '/metrics/0/resource/target/averageUtilization is 500 % of what the pods request, more than the 400 %',
  ],
  ['nothing', [cpu(0)], '/metrics/0/resource/target/averageUtilization is 0, not a percentage from 1'],
  [
    'a share above one',
    [ofPods('vllm_kv_cache_usage_perc', '80')],
    '/metrics/0/pods/target/averageValue is 80, and vllm_kv_cache_usage_perc is a share',
  ],
  ['what every pod exceeds', [ofPods('vllm_num_requests_waiting', '0')], '/metrics/0/pods/target/averageValue is 0, which any pod exceeds'],
  ['what pods without work exceed', [cpu(5)], '/metrics/0/resource/target/averageUtilization is 5 %, which pods without work exceed'],
  [
    'a thousandth of a request',
    [ofPods('vllm_num_requests_waiting', '5m')],
    '/metrics/0/pods/target/averageValue is 5m: one request of vllm_num_requests_waiting asks for many pods',
  ],
  ['one metric twice', [cpu(70), cpu(80)], '/metrics/1 asks for cpu a second time'],
])('fails for %s', (_, metrics, message) => {
  expect(
    scaled((spec, { limits }) => {
      limits.cpu = '400m';
      spec.metrics = metrics;
    }),
  ).toEqual([expect.stringContaining(`${AT}${message}`)]);
});

test('fails for a resource that the pods do not request', () => {
  const metrics = [{ type: 'Resource', resource: { name: 'nvidia.com/gpu', target: { type: 'Utilization', averageUtilization: 70 } } }];

  expect(scaled((spec) => Object.assign(spec, { metrics }))).toEqual([
    `${AT}/metrics/0/resource/name is "nvidia.com/gpu", but not every container of the pods requests it`,
  ]);
});

test('fails for an autoscaler that may not add or take away', () => {
  const behavior = { scaleDown: { selectPolicy: 'Disabled' }, scaleUp: { selectPolicy: 'Disabled' } };

  expect(scaled((spec) => Object.assign(spec, { behavior }))).toEqual([
    `${AT}/behavior/scaleDown/selectPolicy is Disabled: what was added at a peak stays for ever`,
    `${AT}/behavior/scaleUp/selectPolicy is Disabled: no pod is ever added`,
  ]);
});

test('fails for pods with accelerators that are scaled by what else they use', () => {
  const onGpu = (metrics: Draft[], accelerators: object = { 'nvidia.com/gpu': 1 }) =>
    scaled((spec, resources) => {
      Object.assign(resources.limits, { cpu: '400m', ...accelerators });
      spec.metrics = metrics;
    });

  expect([...onGpu([cpu(70)], {}), ...onGpu([cpu(70), ofPods('vllm_num_requests_waiting', '5')])]).toEqual([]);
  expect(onGpu([cpu(70)])).toEqual([
    `${AT}/metrics ask for processor and memory alone, which say nothing of how busy the accelerators of its pods are`,
  ]);
});

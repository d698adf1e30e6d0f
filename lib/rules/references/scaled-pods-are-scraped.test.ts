import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const METRIC = 'vllm_num_requests_waiting';

const scaledBy = (metric: object, change: (drafts: Drafts) => void = () => {}) =>
  problems('scaled-pods-are-scraped', (drafts) => {
    drafts.get('HorizontalPodAutoscaler/model').spec.metrics = [metric];
    change(drafts);
  });
const pods = (name: string) => ({ type: 'Pods', pods: { metric: { name } } });

test('accepts a metric of pods that are scraped', () => {
  expect(scaledBy(pods(METRIC))).toEqual([]);
});

test('fails for a metric of pods that nobody scrapes', () => {
  expect(scaledBy(pods(METRIC), ({ remove }) => remove('PodMonitor/model'))).toEqual([
    `HorizontalPodAutoscaler/model: /spec/metrics/0/pods/metric/name is "${METRIC}", but no PodMonitor or ServiceMonitor reads the pods of model`,
  ]);
});

test('fails for a container that the pods do not have', () => {
  const container = (name: string) => scaledBy({ type: 'ContainerResource', containerResource: { name: 'cpu', container: name } });

  expect(container('model')).toEqual([]);
  expect(container('engine')).toEqual([
    'HorizontalPodAutoscaler/model: /spec/metrics/0/containerResource/container is "engine", which the pods do not have (there: model)',
  ]);
});

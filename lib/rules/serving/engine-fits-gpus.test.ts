import { problems } from '../testing/problems';
import { withEngine } from '../testing/sample-engine';
import type { Drafts } from '../testing/sample-target';

const RULE = 'engine-fits-gpus';
const pod = ({ get }: Drafts) => get('Deployment/model').spec.template.spec;

test('accepts an engine on as many GPUs as it has shards', () => {
  expect(problems(RULE, (drafts) => withEngine(drafts))).toEqual([]);
});

test.each([
  ['more GPUs than it has', { 'tensor-parallel-size': '4' }, 4],
  ['fewer GPUs than it has', { 'tensor-parallel-size': '1' }, 1],
  ['more GPUs in a pipeline than it has', { 'pipeline-parallel-size': '2' }, 4],
])('fails for an engine over %s', (_, settings, shards) => {
  expect(problems(RULE, (drafts) => withEngine(drafts, settings))).toEqual([
    `ConfigMap/model-config: /data/config.yaml shards the model in line 3 over ${shards} GPUs, but container model of Deployment/model has 2`,
  ]);
});

test('fails for a share of memory above all of it', () => {
  expect(problems(RULE, (drafts) => withEngine(drafts, { 'gpu-memory-utilization': '90' }))).toEqual([
    "ConfigMap/model-config: /data/config.yaml takes 90 of each GPU's memory: a share is above 0 and at most 1",
  ]);
});

test('fails for shards without shared memory', () => {
  const change = (drafts: Drafts) => {
    withEngine(drafts);
    pod(drafts).containers[0].volumeMounts.pop();
  };

  expect(problems(RULE, change)).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/volumeMounts mounts nothing at /dev/shm, so that the shards have only 64 MiB to exchange tensors through',
  ]);
});

test('fails for shared memory on a disk', () => {
  const change = (drafts: Drafts) => {
    withEngine(drafts);
    pod(drafts).volumes[2].emptyDir = {};
  };

  expect(problems(RULE, change)).toEqual([
    'Deployment/model: /spec/template/spec/volumes/2 is mounted at /dev/shm, but is no emptyDir of medium Memory',
  ]);
});

test('lets one shard do without shared memory', () => {
  const change = (drafts: Drafts) => {
    withEngine(drafts, { 'tensor-parallel-size': '1' });
    pod(drafts).containers[0].resources.limits['nvidia.com/gpu'] = '1';
    pod(drafts).containers[0].volumeMounts.pop();
  };

  expect(problems(RULE, change)).toEqual([]);
});

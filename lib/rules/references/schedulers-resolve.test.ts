import { problems } from '../testing/problems';

const FILE = `apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles:
  - schedulerName: packer
    pluginConfig:
      - name: NodeResourcesFit
        args:
          scoringStrategy:
            type: MostAllocated
            resources:
              - name: nvidia.com/gpu
                weight: 100
              - name: cpu
                weight: 10
`;
const scheduled = (file: string, schedulerName = 'packer') =>
  problems('schedulers-resolve', ({ get }) => {
    get('ConfigMap/web-config').data = { 'config.yaml': file };
    get('Deployment/model').spec.template.spec.schedulerName = schedulerName;
  });
const AT = 'ConfigMap/web-config: /data/config.yaml';

test('accepts a scheduler that pods name, and those of the cluster', () => {
  expect(scheduled(FILE)).toEqual([]);
  expect(scheduled('', 'default-scheduler')).toEqual([]);
});

test('fails for a scheduler that is not there', () => {
  expect(scheduled('', 'packer')).toEqual([
    'Deployment/model: /spec/template/spec/schedulerName is "packer", and no scheduler of the target is called so (there is none)',
  ]);
});

test.each([
  ['a name of the cluster', FILE.replace('packer', 'default-scheduler'), `has a profile "default-scheduler", which is the cluster's own`],
  ['a resource that no pod asks for', FILE.replace('nvidia.com/gpu', 'nvidia.com/gpus'), 'weighs nvidia.com/gpus, which no pod asks for'],
  ['a weight that is none', FILE.replace('weight: 100', 'weight: 0'), 'gives nvidia.com/gpu a weight of 0, and it is from 1 to 100'],
  ['a strategy that there is not', FILE.replace('MostAllocated', 'Most'), 'scores by Most, which is none of LeastAllocated'],
])('fails for a scheduler with %s', (_, file, message) => {
  expect(scheduled(file)).toContainEqual(expect.stringContaining(`${AT} ${message}`));
});

test('fails for a scheduler that no pod names', () => {
  expect(scheduled(FILE, 'default-scheduler')).toEqual([`${AT} has a profile "packer", which no pod names (there is none)`]);
});

test('accepts a scheduler that waits for the first model', () => {
  const waiting = problems('schedulers-resolve', ({ get, remove }) => {
    get('ConfigMap/web-config').data = { 'config.yaml': FILE };
    remove('Deployment/model');
  });

  expect(waiting).toEqual([]);
});

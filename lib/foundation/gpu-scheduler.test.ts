import { parse } from 'yaml';

import { local, usWest2 } from '../environments/regions';
import type { Region } from '../regions/region';
import { imageOf } from '../releases/images';
import { find, synth } from '../testing/manifests';
import { GpuScheduler } from './gpu-scheduler';

const region: Region = { ...usWest2, kubernetes: '1.34' };

const imageOfTag = (tag: string) => imageOf({ repository: 'registry.k8s.io/kube-scheduler', tag, digest: 'unresolved' });

const scheduler = (where = region, tag = 'v1.34.2') =>
  synth((chart) => new GpuScheduler(chart, { region: where, image: imageOfTag(tag) })).filter(
    ({ metadata }) => metadata.namespace !== 'test',
  );

const configuration = () => parse(find(scheduler(), 'ConfigMap', 'gpu-scheduler').data['config.yaml']);

test('fills nodes by their GPUs above all', () => {
  const { apiVersion, kind, profiles } = configuration();

  expect({ apiVersion, kind }).toEqual({ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' });
  expect(profiles).toHaveLength(1);
  expect(profiles[0].schedulerName).toBe('gpu-scheduler');
  expect(profiles[0].pluginConfig).toMatchObject([
    {
      name: 'NodeResourcesFit',
      args: {
        kind: 'NodeResourcesFitArgs',
        scoringStrategy: {
          type: 'MostAllocated',
          resources: [
            { name: 'nvidia.com/gpu', weight: 100 },
            { name: 'cpu', weight: 10 },
            { name: 'memory', weight: 10 },
          ],
        },
      },
    },
  ]);
});

test('lets one of two replicas schedule, by a lease that the cluster’s own scheduler does not hold', () => {
  const [create, hold] = find(scheduler(), 'Role', 'gpu-scheduler').rules;

  expect(find(scheduler(), 'Deployment', 'gpu-scheduler').spec.replicas).toBe(2);
  expect(configuration().leaderElection).toMatchObject({
    leaderElect: true,
    resourceName: 'gpu-scheduler',
    resourceNamespace: 'kube-system',
  });
  expect(create).toEqual({ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] });
  expect(hold).toMatchObject({ resources: ['leases'], resourceNames: ['gpu-scheduler'] });
});

test('may do what schedulers may, and nothing of its own making', () => {
  const roles = scheduler().flatMap(({ kind, roleRef }) => (kind === 'ClusterRoleBinding' ? [roleRef.name] : []));

  expect(roles).toEqual(['system:kube-scheduler', 'system:volume-scheduler']);
  expect(scheduler().map(({ kind }) => kind)).not.toContain('ClusterRole');
});

test('reaches the API server, and is reached by nobody', () => {
  const policies = scheduler().filter(({ kind }) => kind === 'NetworkPolicy');

  expect(policies.map(({ metadata, spec }) => [metadata.name, spec.policyTypes])).toEqual([
    ['gpu-scheduler-to-api-server', ['Egress']],
    ['gpu-scheduler', ['Ingress']],
  ]);
});

test('replaces its pods when its configuration changes, and keeps them to the nodes that operate the cluster', () => {
  const { metadata, spec } = find(scheduler(), 'Deployment', 'gpu-scheduler').spec.template;

  expect(metadata.annotations).toHaveProperty(['slipway.dev/configuration']);
  expect(spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions).toContainEqual({
    ...{ key: 'node-type', operator: 'In', values: ['system'] },
  });
  expect(spec.priorityClassName).toBe('system-cluster-critical');
});

test.each<[string, Region, string, string]>([
  ['in a region without GPUs', { ...local, kubernetes: '1.34' }, 'v1.34.2', 'Cannot pack GPUs in "local" as the region has none'],
  [
    'of another version than the cluster',
    region,
    'v1.35.0',
    'Cannot run kube-scheduler "v1.35.0" in "us-west-2" as its cluster runs Kubernetes 1.34',
  ],
  ['of no version', region, 'latest', 'Cannot run kube-scheduler "latest" in "us-west-2" as its cluster runs Kubernetes 1.34'],
  [
    'in a cluster of unknown version',
    (({ kubernetes: _, ...unknown }) => unknown)(region),
    'v1.34.2',
    'Cannot run kube-scheduler "v1.34.2" in "us-west-2" as nobody states its cluster\'s Kubernetes: state the region\'s kubernetes, and pin',
  ],
])('refuses a scheduler %s', (_, where, tag, message) => {
  expect(() => scheduler(where, tag)).toThrow(message);
});

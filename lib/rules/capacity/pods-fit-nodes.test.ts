import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const SPEC = 'Deployment/model: /spec/template/spec';

const model = (change: (pod: Record<string, unknown>, drafts: Drafts) => void) =>
  problems('pods-fit-nodes', (drafts) => change(drafts.get('Deployment/model').spec.template.spec, drafts));

test('accepts pods that fit', () => {
  expect(problems('pods-fit-nodes')).toEqual([]);
});

test('fails for a label that no pool carries', () => {
  expect(
    model((pod) => {
      pod.nodeSelector = { 'node-type': 'gpus' };
    }),
  ).toEqual([
    `${SPEC}/nodeSelector is node-type=gpus, which no pool of nowhere carries (CPU pool (cpu): node-type=cpu; system pool (system): node-type=system; GPU pool (gpu): node-type=gpu)`,
  ]);
});

test('accepts labels that kubelet gives every node', () => {
  expect(
    model((pod) => {
      pod.nodeSelector = { 'kubernetes.io/arch': 'amd64' };
    }),
  ).toEqual([]);
});

describe('with a taint on the nodes', () => {
  const taint = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };
  const tolerating = (...tolerations: readonly object[]) =>
    model((pod, { region }) => {
      region.gpuPool.taints = [taint];
      Object.assign(pod, { nodeSelector: { 'node-type': 'gpu' }, tolerations });
    });

  test('accepts what tolerates it', () => {
    expect(tolerating(taint)).toEqual([]);
    expect(tolerating({ key: 'sku', operator: 'Exists' })).toEqual([]);
    expect(tolerating({ operator: 'Exists' })).toEqual([]);
  });

  test('fails for what does not', () => {
    const message = `${SPEC}/tolerations do not tolerate the taints of the nodes that the pod selects (GPU pool (gpu): sku=gpu:NoSchedule)`;
    expect(tolerating()).toEqual([message]);
    expect(tolerating({ ...taint, value: 'cpu' })).toEqual([message]);
    expect(tolerating({ ...taint, effect: 'NoExecute' })).toEqual([message]);
  });
});

test('fails for a pod that takes all of a node, where daemons run as well', () => {
  expect(
    problems('pods-fit-nodes', ({ get }) => {
      const { spec } = get('Deployment/model').spec.template;
      spec.nodeSelector = { 'node-type': 'gpu' };
      spec.containers[0].resources.requests.memory = '384Gi';
    }),
  ).toEqual([
    `${SPEC}/containers request 384Gi memory for a pod of Deployment/model in llm, but a node of the GPU pool (gpu) offers 368.81Gi`,
  ]);
});

test('fails for a database that no node holds', () => {
  expect(
    problems('pods-fit-nodes', ({ get }) => {
      get('Cluster/database').spec.resources.requests.cpu = '64';
    }),
  ).toEqual([expect.stringContaining('Cluster/database: /spec/resources request 64 cpu')]);
});

test('fails for a daemon that selects nodes that the region does not have', () => {
  const daemon = (nodeSelector: object) =>
    problems('pods-fit-nodes', ({ add }) =>
      add({
        ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'plugin', namespace: 'llm' } },
        spec: { template: { metadata: {}, spec: { nodeSelector, containers: [] } } },
      }),
    );

  expect(daemon({ 'node-type': 'gpu' })).toEqual([]);
  expect(daemon({ 'nvidia.com/gpu.present': 'true' })).toEqual([
    expect.stringContaining(
      'DaemonSet/plugin: /spec/template/spec/nodeSelector is nvidia.com/gpu.present=true, which no pool of nowhere carries',
    ),
  ]);
});

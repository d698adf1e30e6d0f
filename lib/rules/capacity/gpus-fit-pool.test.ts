import { problems } from '../testing/problems';

test('accepts primary and canary that fit the pool', () => {
  // 12 primary + 2 canary + 3 while the primary rolls, two GPUs each: 34 of 48.
  expect(problems('gpus-fit-pool')).toEqual([]);
});

test('fails where canary and surge find no GPU beside the primary', () => {
  expect(
    problems('gpus-fit-pool', ({ region }) => {
      region.gpuPool.maxNodes = 8;
    }),
  ).toEqual([
    'Canary/model: /spec/autoscalerRef/primaryScalerReplicas/maxReplicas lets Deployment/model in llm grow to 17 pods ' +
      '(12 primary + 2 canary + 3 while the primary rolls) with 2 GPUs each: 34, but nowhere has 32 l40s (8 nodes with 4)',
  ]);
});

test('fails where GPUs are left over on nodes, but no pod fits there', () => {
  expect(
    problems('gpus-fit-pool', ({ get, region }) => {
      const { resources } = get('Deployment/model').spec.template.spec.containers[0];
      resources.requests['nvidia.com/gpu'] = resources.limits['nvidia.com/gpu'] = 3;
      region.gpuPool.maxNodes = 16;
    }),
  ).toEqual([expect.stringContaining('of which a node of nowhere holds 1: 17 nodes, but the pool has 16')]);
});

test('fails in a region without GPUs', () => {
  expect(problems('gpus-fit-pool', ({ region }) => void delete region.gpuPool)).toEqual([
    expect.stringContaining('34, but nowhere has none'),
  ]);
});

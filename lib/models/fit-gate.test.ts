import type { GpuPool } from '../regions/region';
import { catalog } from './catalog';
import { fitGate, type ServingDemand } from './fit-gate';

const pool: GpuPool = {
  ...{
    instanceType: 'g6e.12xlarge',
    gpu: 'l40s',
    gpusPerNode: 4,
    minNodes: 3,
    maxNodes: 12,
    cpus: 48,
    memoryGiB: 384,
    labels: {},
    taints: [],
  },
};
const llama70b: ServingDemand = {
  ...{ server: 'llm-service', model: catalog['llama-2-70b-chat-awq'], weightBytes: 36.6e9, gpus: 2, pool, gpuMemoryUtilization: 0.9 },
  ...{ maxModelLen: 4096, peakPods: 14, podCpus: 8, podMemoryGiB: 48 },
};
const reasons = (change: Partial<ServingDemand>): string => {
  try {
    fitGate({ ...llama70b, ...change });
    return 'fits';
  } catch (error) {
    return (error as Error).message;
  }
};

test('leaves the KV cache what weights, engine and activations do not take', () => {
  const plan = fitGate(llama70b);

  // 45 × 0.9 = 40.5; 36.6 GB on two GPUs are 17.04 GiB each, × 1.02 and × 0.05.
  expect(plan.usable).toBeCloseTo(40.5, 1);
  expect(plan.weights).toBeCloseTo(17.38, 1);
  expect(plan.cache).toBeCloseTo(40.5 - 17.38 - 2.3 - 0.85, 1);
  // 2 (keys, values) × 80 layers × 4 heads × 128 × 2 bytes × 4096 tokens on each of two GPUs.
  expect(plan.cachePerRequest).toBeCloseTo((2 * 80 * 4 * 128 * 2 * 4096) / 2 ** 30, 5);
  expect(plan.concurrency).toBe(31);
});

test('keeps a whole head on each GPU where there are more GPUs than heads', () => {
  const model = { ...catalog['llama-2-70b-chat-awq'], shape: { ...catalog['llama-2-70b-chat-awq'].shape, kvHeads: 2 } };

  expect(fitGate({ ...llama70b, model, gpus: 4, peakPods: 1 }).cachePerRequest).toBeCloseTo((2 * 80 * 1 * 128 * 2 * 4096) / 2 ** 30, 5);
});

test('refuses weights that are larger than the GPUs, with the arithmetic', () => {
  expect(reasons({ weightBytes: 138e9 })).toBe(
    'Cannot serve "llama-2-70b-chat" on "llm-service" as its weights do not fit on 2 × l40s: per GPU 40.5 GiB usable - 65.5 weights - 2.3 engine - ' +
      '3.2 activations = -30.6 GiB for the KV cache, of which one request of full length takes 0.63: use more or larger GPUs, or fewer bits',
  );
});

test('refuses a context of which not one request fits', () => {
  const model = { ...catalog['llama-2-70b-chat-awq'], shape: { ...catalog['llama-2-70b-chat-awq'].shape, maxPositions: 262144 } };

  expect(reasons({ model, maxModelLen: 262144 })).toMatch(/not one request of full length fits on 2 × l40s: .*: lower maxModelLen/);
});

test('refuses four-bit weights on a V100, for its memory and its capability, in one message', () => {
  const v100: GpuPool = { ...pool, instanceType: 'p3.8xlarge', gpu: 'v100', cpus: 32, memoryGiB: 244 };

  const lines = reasons({ pool: v100 }).split('\n');

  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('awq weights need compute capability 7.5 and a v100 has 7.0');
  expect(lines[1]).toContain('weights do not fit on 2 × v100');
});

test.each<[string, Partial<ServingDemand>, RegExp]>([
  ['heads that the GPUs do not divide', { gpus: 3 }, /64 attention heads cannot be split over 3 GPUs/],
  ['more positions than the model knows', { maxModelLen: 8192 }, /with 8192 tokens a request as it was trained for 4096/],
  ['more GPUs than a node has', { gpus: 8 }, /one replica takes 8 GPUs and a g6e.12xlarge has 4/],
  ['a pod larger than a node', { podMemoryGiB: 400 }, /asks for 8 CPUs and 400 GiB, and a g6e.12xlarge has 48 and 384/],
  ['more pods than the pool has room for', { peakPods: 25 }, /25 pods .* need 50 GPUs and the pool has room for 12 nodes × 2 = 24/],
  ['more pods than the processors of the pool have room for', { podCpus: 24, peakPods: 13 }, /room for 12 nodes × 1 = 12/],
])('refuses %s', (_, change, message) => {
  expect(reasons(change)).toMatch(message);
});

test.each([
  ['an A100', catalog['llama-3.1-8b-instruct'], 16.1e9, 1, 'a100'],
  ['an A10', catalog['llama-3.1-8b-instruct'], 16.1e9, 1, 'a10'],
  ['two T4', catalog['llama-3.1-8b-instruct'], 16.1e9, 2, 't4'],
] as const)('accepts an 8B model on %s', (_, model, weightBytes, gpus, gpu) => {
  expect(fitGate({ ...llama70b, model, weightBytes, gpus, pool: { ...pool, gpu }, maxModelLen: 4096 }).concurrency).toBeGreaterThan(0);
});

import type { RedisSettings } from '../data/redis-settings';
import type { MlSettings } from '../ml/ml-settings';

/** The models of staging and production, one of each runtime that production uses; only their number differs. */
export const predictiveModels = (replicas: { min: number; max: number }, cache: RedisSettings): MlSettings => ({
  mode: 'Standard',
  runtimes: ['sklearn', 'triton', 'pytorch', 'tensorflow'],
  storage: { kind: 'bucket' },
  requestsPerMinute: 600,
  cache,
  longestAnswerSeconds: 60,
  models: [
    {
      ...{ name: 'intent-classifier', runtime: 'sklearn', version: 'v1', cpus: 1, memoryGiB: 2, answersWithin: 0.5 },
      ...{ replicas, scale: { metric: 'cpu', target: 70 } },
    },
    {
      ...{ name: 'language-detector', runtime: 'tensorflow', version: 'v1', cpus: 1, memoryGiB: 2, answersWithin: 0.5 },
      ...{ replicas, scale: { metric: 'cpu', target: 70 } },
    },
    {
      ...{ name: 'toxicity-filter', runtime: 'pytorch', version: 'v1', cpus: 2, memoryGiB: 4, answersWithin: 1 },
      ...{ replicas, scale: { metric: 'cpu', target: 70 } },
    },
  ],
});

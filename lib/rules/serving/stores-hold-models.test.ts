import { problems } from '../testing/problems';

const fetching = (storage: string, ...variables: readonly Readonly<Record<string, string>>[]) =>
  problems('stores-hold-models', ({ get, add }) => {
    get('PersistentVolumeClaim/models').spec.resources.requests.storage = storage;
    const containers = variables.map((each, i) => ({
      name: `fetch-${i}`,
      env: Object.entries(each).map(([name, value]) => ({ name, value })),
      volumeMounts: [{ name: 'models', mountPath: '/models' }],
    }));
    add({
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch', namespace: 'llm' } },
      spec: { template: { spec: { containers, volumes: [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }] } } },
    });
  });
const AT = 'PersistentVolumeClaim/models: /spec/resources/requests/storage';
const LLAMA = { MODEL_REPOSITORY: 'meta-llama/Llama-3.1-8B-Instruct' };

test('accepts a store with room, and models whose size nobody tells', () => {
  expect(fetching('20Gi', LLAMA)).toEqual([]);
  expect(fetching('40Gi', { MODEL_REPOSITORY: 'TheBloke/Llama-2-70B-Chat-AWQ' })).toEqual([]);
  expect(fetching('1Gi', { MODEL_REPOSITORY: 'someone/model-v2b1' })).toEqual([]);
});

test('fails for a store that is smaller than its models', () => {
  expect(fetching('10Gi', LLAMA)).toEqual([`${AT} is 10Gi, and meta-llama/Llama-3.1-8B-Instruct take 14.9 GiB at least`]);
  expect(fetching('30Gi', { MODEL_REPOSITORY: 'TheBloke/Llama-2-70B-Chat-AWQ' })).toEqual([expect.stringContaining('32.6 GiB')]);
  expect(fetching('80Gi', { MODEL_REPOSITORY: 'mistralai/Mixtral-8x7B-v0.1' })).toEqual([expect.stringContaining('104.3 GiB')]);
});

test('adds up what several containers fetch, and counts a model once', () => {
  expect(fetching('20Gi', LLAMA, LLAMA)).toEqual([]);
  expect(fetching('20Gi', LLAMA, { MODEL_REPOSITORY: 'Qwen/Qwen3-4B' })).toEqual([expect.stringContaining('22.4 GiB')]);
  expect(fetching('2Gi', { OLLAMA_MODELS: '/models', MODEL_MARK: 'gemma3=gemma3:4b tiny=tinyllama:1.1b' })).toEqual([
    `${AT} is 2Gi, and gemma3:4b, tinyllama:1.1b take 2.4 GiB at least`,
  ]);
});

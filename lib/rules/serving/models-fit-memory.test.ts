import { problems } from '../testing/problems';

const serving = (memory: string, models: string, loaded?: string) =>
  problems('models-fit-memory', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    Object.assign(spec.containers[0], {
      image: 'docker.io/ollama/ollama:0.33.1',
      env: loaded === undefined ? [] : [{ name: 'OLLAMA_MAX_LOADED_MODELS', value: loaded }],
      resources: { limits: { memory } },
    });
    spec.initContainers = [{ name: 'wait', image: 'docker.io/ollama/ollama:0.33.1', env: [{ name: 'MODEL_MARK', value: models }] }];
  });
const AT = 'Deployment/web: /spec/template/spec/containers/0/resources/limits/memory';

test('accepts the memory that the largest models take', () => {
  expect(serving('8Gi', 'tinyllama=tinyllama:1.1b gemma3=gemma3:4b', '1')).toEqual([]);
  expect(serving('2Gi', 'tinyllama=tinyllama:1.1b', '10')).toEqual([]);
  expect(serving('1Gi', 'own=own:latest')).toEqual([]);
});

test('fails for memory that one of them alone exceeds, or all that may be loaded at once', () => {
  expect(serving('1Gi', 'tinyllama=tinyllama:1.1b gemma3=gemma3:4b', '1')).toEqual([
    `${AT} is 1Gi, and 1 model of 4 billion weights take 1.9 GiB at least`,
  ]);
  expect(serving('4Gi', 'one=llama3.1:8b two=gemma3:4b', '2')).toEqual([
    `${AT} is 4Gi, and 2 models of 8 billion and 4 billion weights take 5.6 GiB at least`,
  ]);
});

import { problems } from '../testing/problems';
import { withEngine } from '../testing/sample-engine';
import type { Drafts } from '../testing/sample-target';

const RULE = 'models-are-fetched';

const broken = (change: (drafts: Drafts) => void, settings?: Record<string, string>) =>
  problems(RULE, (drafts) => {
    withEngine(drafts, settings);
    change(drafts);
  });
const job = ({ get }: Drafts) => get('Job/fetch').spec.template.spec;
const nothing = () => {};

test('accepts a server that waits for what a Job fetches', () => {
  expect(broken(nothing)).toEqual([]);
});

test('accepts a Job that fills the folder of Ollama', () => {
  const change = (drafts: Drafts) => {
    job(drafts).containers[0].env = [{ name: 'OLLAMA_MODELS', value: '/models/llama/7f3a9c' }];
  };

  expect(broken(change)).toEqual([]);
});

test('fails for a server that waits for what nobody fetches', () => {
  const waits = 'Deployment/model: /spec/template/spec/initContainers/0/env/1/value waits for /models/llama/7f3a9c, which no Job fetches';
  const another = (drafts: Drafts) => {
    job(drafts).containers[0].env[1].value = 'llama/000000';
  };
  const elsewhere = (drafts: Drafts) => {
    job(drafts).volumes[0].persistentVolumeClaim.claimName = 'other';
  };

  expect(broken(another)).toEqual([`${waits} (there: /models/llama/000000)`]);
  expect(broken(elsewhere)).toEqual([`${waits} (there is none)`]);
});

test('fails for a Job that may not write', () => {
  const change = (drafts: Drafts) => {
    job(drafts).containers[0].volumeMounts[0].readOnly = true;
  };

  expect(broken(change)).toEqual([
    'Job/fetch: /spec/template/spec/containers/0/volumeMounts/0/readOnly is true: the Job could not write what servers wait for',
  ]);
});

test('fails for an engine that serves something else than it waits for', () => {
  expect(broken(nothing, { model: '/models/llama/000000' })).toEqual([
    'ConfigMap/model-config: /data/config.yaml serves /models/llama/000000 in line 1, but its pods wait for /models/llama/7f3a9c',
  ]);
});

test('fails for an engine that reads where nothing is mounted', () => {
  expect(broken(nothing, { model: '/model/llama/7f3a9c' })).toEqual([
    'ConfigMap/model-config: /data/config.yaml reads the model in line 1 from /model/llama/7f3a9c, where the engine mounts nothing (there: /config, /dev/shm, /models)',
  ]);
});

test('fails for a Job that puts the model on another claim', () => {
  const change = (drafts: Drafts) => {
    const { volumes, initContainers } = drafts.get('Deployment/model').spec.template.spec;
    volumes.push({ name: 'cache', persistentVolumeClaim: { claimName: 'cache' } });
    initContainers[0].volumeMounts = [{ name: 'files', mountPath: '/models' }];
    job(drafts).containers[0].volumeMounts[0].mountPath = '/models';
    job(drafts).volumes[0].persistentVolumeClaim.claimName = 'cache';
  };

  expect(broken(change)).toEqual([
    'Job/fetch: /spec/template/spec/containers/0/volumeMounts mounts claim "cache" where it puts /models/llama/7f3a9c, and servers wait for it on claim "models"',
  ]);
});

test('fails for a Job that fetches another revision than its folder says', () => {
  const commit = '7f3a9c'.padEnd(40, '0');
  const told = (name: string, value: string) =>
    broken(
      (drafts) => {
        const folder = `llama/${commit}`;
        drafts.get('Deployment/model').spec.template.spec.initContainers[0].env[1].value = folder;
        const { env } = job(drafts).containers[0];
        env[1].value = folder;
        env.push({ name, value });
      },
      { model: `/models/llama/${commit}` },
    );

  expect(told('MODEL_REVISION', commit)).toEqual([]);
  expect(told('MODEL_PREFIX', `models/of-old/${commit}`)).toEqual([]);
  expect(told('MODEL_REVISION', 'main')).toEqual([
    `Job/fetch: /spec/template/spec/containers/0/env/2/value is main, but what it fetches is kept as revision ${commit}`,
  ]);
  expect(told('MODEL_PREFIX', 'models/llama/main')).toHaveLength(1);
});

test('fails for a Job that is kept from the hub', () => {
  const told = (repository: string) =>
    broken((drafts) => {
      const value = (name: string, text: string) => ({ name, value: text });
      job(drafts).containers[0].env.push(value('MODEL_REPOSITORY', repository), value('HF_HUB_OFFLINE', '1'));
    });

  expect(told('')).toEqual([]);
  expect(told('someone/llama')).toEqual([
    'Job/fetch: /spec/template/spec/containers/0/env/3/value keeps the Job from the hub that it fetches the model from',
  ]);
});

test('fails for a server that waits for another mark than the Job leaves', () => {
  const marked = (mark: string) =>
    broken((drafts) => {
      drafts.get('Deployment/model').spec.template.spec.initContainers[0].env.push({ name: 'MODEL_MARK', value: mark });
      job(drafts).containers[0].env.push({ name: 'MODEL_MARK', value: 'sha256:00' });
    });

  expect(marked('sha256:00')).toEqual([]);
  expect(marked('')).toEqual([
    'Deployment/model: /spec/template/spec/initContainers/0/env/2/value is "", and the Job leaves "sha256:00" there: the server waits without end',
  ]);
});

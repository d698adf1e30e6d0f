import { App } from 'cdk8s';

import { euWest1, local } from '../environments/regions';
import type { Manifest } from '../kubernetes/manifest';
import { modelOf } from '../releases/models';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { HubModelsChart } from './hub-models-chart';

const fields = { source: 'hf://owner/model', revision: 'a'.repeat(40), sha256: 'b'.repeat(64), size: '36.6 GB' };

function synth(pinned: Partial<typeof fields> = {}, region = euWest1): readonly Manifest[] {
  return new HubModelsChart(new App(), 'llm-models', {
    ...{
      region,
      store: secretStore(region.platform),
      model: modelOf('llama', { ...fields, ...pinned }),
      image: (name) => `r.example.com/${name}:v1`,
    },
    ...{ imagePullSecrets: [], leastVolumeGiB: 50, fetchSeconds: 600 },
  }).synthesize().manifests;
}

const jobOf = (manifests: readonly Manifest[]): Manifest => {
  const jobs = manifests.filter(({ kind }) => kind === 'Job');
  expect(jobs).toHaveLength(1);
  return jobs[0] as Manifest;
};

test('claims room for every artefact twice, and never less than the environment asks for', () => {
  const storage = (size: string) => find(synth({ size }), 'PersistentVolumeClaim', 'model-store').spec.resources.requests.storage;

  expect(storage('36.6 GB')).toBe('70Gi');
  expect(storage('1 GB')).toBe('50Gi');
});

test('never has a sync remove the claims', () => {
  for (const { kind, metadata } of synth().filter((manifest) => manifest.kind === 'PersistentVolumeClaim')) {
    expect([kind, metadata.annotations?.['argocd.argoproj.io/sync-options']]).toEqual([
      'PersistentVolumeClaim',
      'Prune=false,Delete=false',
    ]);
  }
});

test('makes a new Job of a new revision, since a Job cannot be changed', () => {
  expect(jobOf(synth({ revision: 'c'.repeat(40) })).metadata.name).not.toBe(jobOf(synth()).metadata.name);
  expect(jobOf(synth()).metadata.name).toBe(jobOf(synth()).metadata.name);
  expect(jobOf(synth()).metadata.name).toMatch(/^model-fetch-[0-9a-f]{8}$/);
});

test('copies from the bucket of the region before it asks the hub', () => {
  const { initContainers, containers } = jobOf(synth()).spec.template.spec;

  expect(initContainers[0].env).toContainEqual({ name: 'MODEL_BUCKET', value: 'llm-models-eu-west-1' });
  expect(initContainers[0].env).toContainEqual({ name: 'MODEL_PREFIX', value: `models/llama/${fields.revision}` });
  expect(containers[0].env).toContainEqual({ name: 'MODEL_REPOSITORY', value: 'owner/model' });
});

test('caches nothing beside the model, for which the scratch volume has no room', () => {
  const { containers, volumes } = jobOf(synth()).spec.template.spec;

  expect(containers[0].env).toContainEqual({ name: 'HF_XET_CHUNK_CACHE_SIZE_BYTES', value: '0' });
  expect(volumes).toContainEqual({ name: 'scratch', emptyDir: { sizeLimit: '1Gi' } });
});

test('takes a model of a bucket from there alone', () => {
  const { initContainers, containers } = jobOf(synth({ source: 's3://models-of-ours/llama/v3' })).spec.template.spec;

  expect(initContainers[0].env).toContainEqual({ name: 'MODEL_PREFIX', value: 'llama/v3' });
  expect(containers[0].env).toContainEqual({ name: 'MODEL_REPOSITORY', value: '' });
});

test('gives the token of the registry to the Job, by reference', () => {
  const token = jobOf(synth()).spec.template.spec.containers[0].env.find(({ name }: { name: string }) => name === 'HF_TOKEN');

  expect(token.valueFrom.secretKeyRef).toEqual({ name: 'model-registry', key: 'model-registry-token' });
  expect(find(synth(), 'ExternalSecret', 'model-registry').spec.data[0].remoteRef).toEqual({ key: 'model-registry-token' });
});

test('works as a role of the cloud instead of with its keys', () => {
  expect(find(synth(), 'ServiceAccount', 'model-fetch').metadata.annotations).toMatchObject({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/model-fetch',
  });
});

test('refuses a model of another engine', () => {
  expect(() => synth({ source: 'ollama://tinyllama' }, local)).toThrow(
    /Cannot serve "llama" from "ollama:\/\/tinyllama" as vLLM's models come from the hub or a bucket/,
  );
});

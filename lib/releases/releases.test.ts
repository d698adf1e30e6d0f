import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { modelNames } from '../models/catalog';
import { IMAGE_NAMES } from './images';
import type { Releases } from './releases';
import { readReleases, releaseFiles } from './releases';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const commit = '0123456789abcdef0123456789abcdef01234567';

const known = {
  environments: { prod: ['us-west-2', 'eu-west-1'] },
  images: ['litellm', 'vllm'],
  models: ['llama', 'mistral', 'tiny'],
} as const;

const text = `\
images:
  litellm:
    repository: ghcr.io/berriai/litellm
    tag: v1.102.0
    digest: unresolved
  vllm:
    repository: docker.io/vllm/vllm-openai
    tag: v0.24.0
    digest: ${digest}
models:
  llama:
    source: hf://meta-llama/Llama-3.1-8B
    revision: ${commit}
    sha256: ${digest.slice('sha256:'.length)}
    size: 16.1 GB
    attempt: 3
  mistral:
    source: s3://models/mistral/7b
    revision: unresolved
    sha256: unresolved
    size: 1.5 GiB
rings:
  - [us-west-2]
  - [eu-west-1]
regions:
  us-west-2:
    images:
      vllm:
        repository: registry.example.com:5000/vllm
        tag: v0.25.0
        digest: unresolved
    models:
      tiny:
        source: ollama://tinyllama
        revision: 1.1b
        sha256: unresolved
        size: 638 MB
`;

type Known = Releases<(typeof known.images)[number], (typeof known.models)[number]>;

const read = (): Known => readReleases([{ path: 'releases/prod.yaml', text }], known);

test('names an image by tag and digest', () => {
  expect(read().pins('prod', 'eu-west-1').image('vllm')).toEqual({
    repository: 'docker.io/vllm/vllm-openai',
    tag: 'v0.24.0',
    digest,
    reference: `docker.io/vllm/vllm-openai:v0.24.0@${digest}`,
  });
});

test('names an image by its tag alone while its digest is unresolved', () => {
  expect(read().pins('prod', 'eu-west-1').image('litellm')).toEqual({
    repository: 'ghcr.io/berriai/litellm',
    tag: 'v1.102.0',
    reference: 'ghcr.io/berriai/litellm:v1.102.0',
  });
});

test('gives a region its own pins, and the others of its environment', () => {
  const pins = read().pins('prod', 'us-west-2');

  expect(pins.image('vllm').reference).toBe('registry.example.com:5000/vllm:v0.25.0');
  expect(pins.image('litellm').tag).toBe('v1.102.0');
  expect(pins.model('tiny').uri).toBe('ollama://tinyllama');
});

test('reads a model of the hub', () => {
  expect(read().pins('prod', 'eu-west-1').model('llama')).toEqual({
    name: 'llama',
    source: { kind: 'hugging-face', repository: 'meta-llama/Llama-3.1-8B' },
    uri: 'hf://meta-llama/Llama-3.1-8B',
    revision: commit,
    sha256: digest.slice('sha256:'.length),
    bytes: 16_100_000_000,
    attempt: 3,
  });
});

test('reads a model of a bucket, at its first attempt', () => {
  expect(read().pins('prod', 'eu-west-1').model('mistral')).toEqual({
    name: 'mistral',
    source: { kind: 's3', bucket: 'models', prefix: 'mistral/7b' },
    uri: 's3://models/mistral/7b',
    bytes: 1.5 * 1024 ** 3,
    attempt: 1,
  });
});

test('reads a model of Ollama, whose revision is its tag', () => {
  expect(read().pins('prod', 'us-west-2').model('tiny')).toEqual({
    name: 'tiny',
    source: { kind: 'ollama', name: 'tinyllama' },
    uri: 'ollama://tinyllama',
    revision: '1.1b',
    bytes: 638_000_000,
    attempt: 1,
  });
});

test('keeps the rings in their order', () => {
  expect(read().rings('prod')).toEqual([['us-west-2'], ['eu-west-1']]);
});

test('reports the pins without a digest that somebody asked for, each once', () => {
  const releases = read();
  expect(releases.unresolved).toEqual([]);

  for (const region of known.environments.prod) for (const image of known.images) releases.pins('prod', region).image(image);
  releases.pins('prod', 'eu-west-1').model('llama');

  expect(releases.unresolved.map(({ message }) => message)).toEqual([
    'releases/prod.yaml:5:5 Cannot deploy image "litellm" by its digest as that is unresolved: run "npm run pin", or write it',
    'releases/prod.yaml:31:9 Cannot deploy image "vllm" by its digest as that is unresolved: run "npm run pin", or write it',
  ]);
});

test('reports the revision and the checksum that a model lacks', () => {
  const releases = read();
  releases.pins('prod', 'eu-west-1').model('mistral');

  expect(releases.unresolved.map(({ message }) => message)).toEqual([
    'releases/prod.yaml:19:5 Cannot deploy model "mistral" by its revision as that is unresolved: run "npm run pin", or write it',
    'releases/prod.yaml:20:5 Cannot deploy model "mistral" by its sha256 as that is unresolved: run "npm run pin", or write it',
  ]);
});

test('fails for a pin that a target has not', () => {
  expect(() => read().pins('prod', 'eu-west-1').model('tiny')).toThrow(
    'Cannot deploy model "tiny" to region "eu-west-1" as releases/prod.yaml does not pin it: ' +
      'add it there under models, or under regions.eu-west-1.models',
  );
});

test('fails for an environment or a region that is not known', () => {
  expect(() => read().pins('test', 'eu-west-1')).toThrow(
    'Cannot find pins of "test/eu-west-1" as no release file has a ring for it: read its file',
  );
  expect(() => read().pins('prod', 'mars')).toThrow('Cannot find pins of "prod/mars" as no release file has a ring for it: read its file');
});

test('reads the YAML files of a folder in the order of their names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'releases-'));
  for (const name of ['prod.yaml', 'dev.yml', 'README.md']) writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'old'));

  try {
    expect(releaseFiles(folder).map(({ path, text }) => [path.replace(/^.*\//, ''), text])).toEqual([
      ['dev.yml', 'dev.yml'],
      ['prod.yaml', 'prod.yaml'],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('finds no mistake in the release files of this repository', () => {
  const environments = {
    init: ['germanywestcentral'],
    dev: ['local', 'germanywestcentral'],
    staging: ['eu-west-1'],
    prod: ['us-west-2', 'eu-west-1', 'us-east-1', 'germanywestcentral'],
  };
  const releases = readReleases(releaseFiles(resolve('releases')), { environments, images: IMAGE_NAMES, models: modelNames });

  expect(releases.rings('prod')).toEqual([['us-west-2'], ['eu-west-1'], ['us-east-1'], ['germanywestcentral']]);
  expect(releases.pins('prod', 'germanywestcentral').image('vllm').repository).toBe('exxkiregistry.azurecr.io/kiva-vllm');
});

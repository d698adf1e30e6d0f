import type { ReleaseFile } from './pin-file';
import { ReleaseProblems } from './problem';
import { readReleases } from './releases';
import type { KnownNames } from './schema';

const known = {
  environments: { prod: ['us-west-2', 'eu-west-1'] },
  images: ['redis', 'vllm'],
  models: ['llama', 'tiny'],
};

const hex = (digits: number): string => '0123456789abcdef'.repeat(8).slice(0, digits);

/** A file without a mistake. Every row of the table makes one or two in it. */
const right = `\
images:
  vllm:
    repository: docker.io/vllm/vllm-openai
    tag: v0.24.0
    digest: sha256:${hex(64)}
  redis:
    repository: docker.io/library/redis
    tag: 7.4.11-alpine
    digest: unresolved
models:
  llama:
    source: hf://meta-llama/Llama-3.1-8B
    revision: ${hex(40)}
    sha256: ${hex(64)}
    size: 16.1 GB
  tiny:
    source: ollama://tinyllama
    revision: 1.1b
    sha256: unresolved
    size: 638 MB
    attempt: 2
rings:
  - [us-west-2]
  - [eu-west-1]
regions:
  us-west-2:
    images:
      vllm:
        repository: docker.io/vllm/vllm-openai
        tag: v0.25.0
        digest: unresolved
`;

/** The messages for these files, or none. */
function problemsOf(files: ReleaseFile[], names: KnownNames = known): string[] {
  try {
    readReleases(files, names);
    return [];
  } catch (error) {
    if (!(error instanceof ReleaseProblems)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

const problemsIn = (text: string): string[] => problemsOf([{ path: 'releases/prod.yaml', text }]);

/** The right file with one piece replaced, where it first occurs. */
function changed(from: string, to: string): string {
  if (!right.includes(from)) throw new Error(`Cannot change "${from}" as the file does not contain it: correct the row`);
  return right.replace(from, () => to);
}

const rings = 'rings:\n  - [us-west-2]\n  - [eu-west-1]\n';

test('accepts the file that the table makes mistakes in', () => {
  expect(problemsIn(right)).toEqual([]);
});

// biome-ignore format: a mistake, the edit that makes it, and what is said about it
const rows: [mistake: string, from: string, to: string, ...messages: string[]][] = [
  // Keys
  ['an unknown key of an image', 'digest: sha', 'digset: sha',
    'releases/prod.yaml:5:5 Cannot use key "digset" as image "vllm" has no such key: did you mean "digest"?'],
  ['an unknown key of a model', 'attempt: 2', 'retries: 2',
    'releases/prod.yaml:21:5 Cannot use key "retries" as model "tiny" has no such key: use source, revision, sha256, size or attempt'],
  ['an unknown key of the file', 'models:', 'model:',
    'releases/prod.yaml:10:1 Cannot use key "model" as "releases/prod.yaml" has no such key: did you mean "models"?'],
  ['an unknown key of a region', '    images:\n      vllm', '    imagess:\n      vllm',
    'releases/prod.yaml:27:5 Cannot use key "imagess" as region "us-west-2" has no such key: did you mean "images"?'],
  ['an unknown image', '  redis:', '  reddis:',
    'releases/prod.yaml:6:3 Cannot pin image "reddis" as nothing runs an image of that name: did you mean "redis"?'],
  ['an image that resembles none', '  redis:', '  nginx:',
    'releases/prod.yaml:6:3 Cannot pin image "nginx" as nothing runs an image of that name: use redis or vllm'],
  ['an unknown model', '  tiny:', '  tinny:',
    'releases/prod.yaml:16:3 Cannot pin model "tinny" as no model has that name: did you mean "tiny"?'],
  ['an unknown region', '  us-west-2:', '  us-wset-2:',
    'releases/prod.yaml:26:3 Cannot pin region "us-wset-2" as prod has no such region: did you mean "us-west-2"?'],
  ['the same key twice', '  redis:', '  vllm:',
    'releases/prod.yaml:6:3 Cannot use key "vllm" twice as one of the two would be lost: remove one'],
  ['a number as a key', '  redis:', '  7:',
    'releases/prod.yaml:6:3 Cannot pin image "7" as nothing runs an image of that name: use redis or vllm'],
  ['a list as a key', '  redis:', '  ? [redis]\n  :',
    'releases/prod.yaml:6:5 Cannot use a list, a map or an alias as a key as keys are names: write a name'],
  ['a key that means something to JavaScript', '  redis:', '  __proto__:',
    'releases/prod.yaml:6:3 Cannot pin image "__proto__" as nothing runs an image of that name: use redis or vllm'],
  ['an image without a digest', `    digest: sha256:${hex(64)}\n`, '',
    'releases/prod.yaml:2:3 Cannot use image "vllm" as it has no digest: add "digest: sha256:<64 hex digits>" or "digest: unresolved"'],
  ["a region's image without a tag", '        tag: v0.25.0\n', '',
    'releases/prod.yaml:28:7 Cannot use image "vllm" as it has no tag: add "tag: <version>"'],
  ['a model without a checksum', '    sha256: unresolved\n', '',
    'releases/prod.yaml:16:3 Cannot use model "tiny" as it has no sha256: add "sha256: <64 hex digits>" or "sha256: unresolved"'],
  ['a file without rings', rings, '',
    'releases/prod.yaml:1:1 Cannot use "releases/prod.yaml" as it has no rings: add "rings:" with the regions in the order in which they receive a pin'],

  // Types
  ['a tag that YAML reads as a number', 'tag: v0.24.0', 'tag: 1.10',
    'releases/prod.yaml:4:10 Cannot use "1.10" as tag of image "vllm" as YAML reads it as no text: put it in quotes'],
  ['a tag that YAML reads as a truth value', 'tag: v0.24.0', 'tag: true',
    'releases/prod.yaml:4:10 Cannot use "true" as tag of image "vllm" as YAML reads it as no text: put it in quotes'],
  ['a revision that YAML reads as a number', `revision: ${hex(40)}`, 'revision: 1234567890',
    'releases/prod.yaml:13:15 Cannot use "1234567890" as revision of model "llama" as YAML reads it as no text: put it in quotes'],
  ['a tag without a value', 'tag: v0.24.0', 'tag:',
    'releases/prod.yaml:4:9 Cannot use tag of image "vllm" as it is empty: write its value'],
  ['a list as a tag', 'tag: v0.24.0', 'tag: [v0.24.0]',
    'releases/prod.yaml:4:10 Cannot use a list as tag of image "vllm" as that is a single value: write one value'],
  ['a reference as an image', '  tiny:\n', '  tiny: ollama://tinyllama\n  llama2:\n',
    'releases/prod.yaml:16:9 Cannot use "ollama://tinyllama" as model "tiny" as that is a map: write "key: value" lines',
    'releases/prod.yaml:17:3 Cannot pin model "llama2" as no model has that name: did you mean "llama"?'],
  ['a list as the models', 'models:\n  llama:', 'models: []\nregion:\n  llama:',
    'releases/prod.yaml:10:9 Cannot use a list as models as that is a map: write "key: value" lines',
    'releases/prod.yaml:11:1 Cannot use key "region" as "releases/prod.yaml" has no such key: did you mean "regions"?'],
  ['a region without anything', 'regions:\n', 'regions:\n  eu-west-1:\n',
    'releases/prod.yaml:26:13 Cannot use region "eu-west-1" as it is empty: write its value'],
  ['one text as the rings', rings, 'rings: us-west-2\n',
    'releases/prod.yaml:22:8 Cannot use "us-west-2" as rings as that is a list: write "- " before every entry'],
  ['one text as a ring', '  - [eu-west-1]', '  - eu-west-1',
    'releases/prod.yaml:24:5 Cannot use "eu-west-1" as ring 2 as that is a list: write "- " before every entry'],
  ['a number in a ring', '[eu-west-1]', '[eu-west-1, 7]',
    'releases/prod.yaml:24:17 Cannot use "7" as region 2 of ring 2 as YAML reads it as no text: put it in quotes'],

  // Tags
  ['the tag latest', 'tag: v0.24.0', 'tag: latest',
    'releases/prod.yaml:4:10 Cannot pin tag "latest" as it may move: write the tag of one release'],
  ['the tag of a branch', 'tag: v0.24.0', 'tag: main-v1.35.0',
    'releases/prod.yaml:4:10 Cannot pin tag "main-v1.35.0" as it may move: write the tag of one release'],
  ['the latest tag of a variant', 'tag: v0.24.0', 'tag: alpine-latest',
    'releases/prod.yaml:4:10 Cannot pin tag "alpine-latest" as it may move: write the tag of one release'],
  ['an empty tag', 'tag: v0.24.0', 'tag: ""',
    'releases/prod.yaml:4:10 Cannot pin tag "" as it is empty: write the tag of one release'],
  ['a tag with a digest', 'tag: v0.24.0', `tag: v0.24.0@sha256:${hex(64)}`,
    `releases/prod.yaml:4:10 Cannot pin tag "v0.24.0@sha256:${hex(64)}" as it holds a digest: write that under "digest"`],
  ['a tag with a space', 'tag: v0.24.0', 'tag: v0.24.0 or so',
    'releases/prod.yaml:4:10 Cannot pin tag "v0.24.0 or so" as tags hold at most 128 letters, digits, ".", "_" and "-": correct it'],
  ['a tag with control characters', 'tag: v0.24.0', 'tag: "v\\e[31m0"',
    'releases/prod.yaml:4:10 Cannot pin tag "v\\u{1b}[31m0" as tags hold at most 128 letters, digits, ".", "_" and "-": correct it'],
  ['a tag that is too long', 'tag: v0.24.0', `tag: ${'a'.repeat(300)}`,
    `releases/prod.yaml:4:10 Cannot pin tag "${'a'.repeat(80)}…" as tags hold at most 128 letters, digits, ".", "_" and "-": correct it`],
  ['a value that is far too long', 'docker.io/vllm', `${':'.repeat(9999)}/vllm`,
    'releases/prod.yaml:3:17 Cannot use "::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::…" as a value as its 10016 characters are more than 512: shorten it'],

  // Digests
  ['a digest with too few digits', `digest: sha256:${hex(64)}`, `digest: sha256:${hex(63)}`,
    `releases/prod.yaml:5:13 Cannot pin digest "sha256:${hex(63)}" as it has 63 hex digits instead of 64: copy it again, or write "unresolved"`],
  ['a digest with too many digits', `digest: sha256:${hex(64)}`, `digest: sha256:${hex(65)}`,
    `releases/prod.yaml:5:13 Cannot pin digest "sha256:${hex(65)}" as it has 65 hex digits instead of 64: copy it again, or write "unresolved"`],
  ['a digest in capitals', `digest: sha256:${hex(64)}`, `digest: sha256:${hex(64).toUpperCase()}`,
    `releases/prod.yaml:5:13 Cannot pin digest "sha256:${hex(64).toUpperCase()}" as it has capitals: write it in lower case`],
  ['a digest without its algorithm', `digest: sha256:${hex(64)}`, `digest: ${hex(64)}`,
    `releases/prod.yaml:5:13 Cannot pin digest "${hex(64)}" as it does not name its algorithm: write "sha256:" before it`],
  ['a digest that is none', 'digest: unresolved', 'digest: later',
    'releases/prod.yaml:9:13 Cannot pin digest "later" as it is no digest: write "sha256:" and 64 hex digits, or "unresolved"'],
  ['a made-up digest', 'digest: unresolved', `digest: sha256:${'0'.repeat(64)}`,
    `releases/prod.yaml:9:13 Cannot pin digest "sha256:${'0'.repeat(64)}" as it is a placeholder: write "unresolved" until it is known`],
  ['an empty digest', 'digest: unresolved', 'digest: ""',
    'releases/prod.yaml:9:13 Cannot pin digest "" as it is empty: write "sha256:" and 64 hex digits, or "unresolved"'],

  // Repositories
  ['a repository with a scheme', 'docker.io/vllm', 'https://docker.io/vllm',
    'releases/prod.yaml:3:17 Cannot pull from repository "https://docker.io/vllm/vllm-openai" as it has a scheme: remove "https://"'],
  ['a repository with a tag', 'vllm-openai', 'vllm-openai:v0.24.0',
    'releases/prod.yaml:3:17 Cannot pull from repository "docker.io/vllm/vllm-openai:v0.24.0" as it holds a tag: write that under "tag"'],
  ['a repository with a digest', 'vllm-openai', 'vllm-openai@sha256:0123',
    'releases/prod.yaml:3:17 Cannot pull from repository "docker.io/vllm/vllm-openai@sha256:0123" as it holds a digest: write that under "digest"'],
  ['a repository in capitals', 'vllm-openai', 'vLLM-OpenAI',
    'releases/prod.yaml:3:17 Cannot pull from repository "docker.io/vllm/vLLM-OpenAI" as registries know lower case only: write "docker.io/vllm/vllm-openai"'],
  ['a repository without a registry', 'docker.io/vllm/', 'vllm/',
    'releases/prod.yaml:3:17 Cannot pull from repository "vllm/vllm-openai" as it names no registry: write "docker.io/vllm/vllm-openai"'],
  ['an official image without a registry', 'docker.io/library/redis', 'redis',
    'releases/prod.yaml:7:17 Cannot pull from repository "redis" as it names no registry: write "docker.io/library/redis"'],
  ['a repository with a space', 'docker.io/library/redis', 'docker.io/library/redis alpine',
    `releases/prod.yaml:7:17 Cannot pull from repository "docker.io/library/redis alpine" as it is no repository's name: write <registry>/<name>`],
  ['an empty repository', 'docker.io/library/redis', '""',
    'releases/prod.yaml:7:17 Cannot pull from repository "" as it is empty: write <registry>/<name>'],

  // Models
  ['a model from an unknown place', 'hf://', 'https://huggingface.co/',
    'releases/prod.yaml:12:13 Cannot fetch a model from "https://huggingface.co/meta-llama/Llama-3.1-8B" as it is in no place known: write hf://<owner>/<name>, s3://<bucket>/<prefix> or ollama://<name>'],
  ['a model of the hub without an owner', 'hf://meta-llama/', 'hf://',
    'releases/prod.yaml:12:13 Cannot fetch a model from "hf://Llama-3.1-8B" as the hub names a model by owner and name: write hf://<owner>/<name>'],
  ['a bucket without a folder', 'hf://meta-llama/Llama-3.1-8B', 's3://models',
    'releases/prod.yaml:12:13 Cannot fetch a model from "s3://models" as it is not a bucket and a folder: write s3://<bucket>/<prefix>'],
  ['a bucket in capitals', 'hf://meta-llama/Llama-3.1-8B', 's3://Models/llama',
    'releases/prod.yaml:12:13 Cannot fetch a model from "s3://Models/llama" as it is not a bucket and a folder: write s3://<bucket>/<prefix>'],
  ['a folder that leaves its bucket', 'hf://meta-llama/Llama-3.1-8B', 's3://models/../other',
    'releases/prod.yaml:12:13 Cannot fetch a model from "s3://models/../other" as it is not a bucket and a folder: write s3://<bucket>/<prefix>'],
  ['a name of Ollama with a tag', 'ollama://tinyllama', 'ollama://tinyllama:1.1b',
    'releases/prod.yaml:17:13 Cannot fetch a model from "ollama://tinyllama:1.1b" as it is not a name of the library: write ollama://<name>, and the tag under "revision"'],
  ['a branch as a revision', `revision: ${hex(40)}`, 'revision: main',
    'releases/prod.yaml:13:15 Cannot pin revision "main" as it is no commit: write its 40 hex digits, or "unresolved"'],
  ['a short revision', `revision: ${hex(40)}`, 'revision: abc1234',
    'releases/prod.yaml:13:15 Cannot pin revision "abc1234" as it is no commit: write its 40 hex digits, or "unresolved"'],
  ['a revision in capitals', `revision: ${hex(40)}`, `revision: ${hex(40).toUpperCase()}`,
    `releases/prod.yaml:13:15 Cannot pin revision "${hex(40).toUpperCase()}" as it has capitals: write it in lower case`],
  ['a made-up revision', `revision: ${hex(40)}`, `revision: ${'f'.repeat(40)}`,
    `releases/prod.yaml:13:15 Cannot pin revision "${'f'.repeat(40)}" as it is a placeholder: write "unresolved" until it is known`],
  ['the tag latest of Ollama', 'revision: 1.1b', 'revision: latest',
    'releases/prod.yaml:18:15 Cannot pin revision "latest" as it may move: write the tag of one variant'],
  ['an unresolved tag of Ollama', 'revision: 1.1b', 'revision: unresolved',
    'releases/prod.yaml:18:15 Cannot pin revision "unresolved" as a tag of Ollama is chosen, not looked up: write the tag of one variant'],
  ['a tag of Ollama with a slash', 'revision: 1.1b', 'revision: tiny/llama',
    'releases/prod.yaml:18:15 Cannot pin revision "tiny/llama" as it is no tag of Ollama: write the tag of one variant'],
  ['a checksum with its algorithm', `sha256: ${hex(64)}`, `sha256: sha256:${hex(64)}`,
    `releases/prod.yaml:14:13 Cannot verify a model by sum "sha256:${hex(64)}" as its key names the algorithm already: remove "sha256:"`],
  ['a checksum with too few digits', `sha256: ${hex(64)}`, `sha256: ${hex(60)}`,
    `releases/prod.yaml:14:13 Cannot verify a model by sum "${hex(60)}" as it is no SHA-256 sum: write its 64 hex digits, or "unresolved"`],
  ['a checksum in capitals', `sha256: ${hex(64)}`, `sha256: ${hex(64).toUpperCase()}`,
    `releases/prod.yaml:14:13 Cannot verify a model by sum "${hex(64).toUpperCase()}" as it has capitals: write it in lower case`],
  ['a made-up checksum', `sha256: ${hex(64)}`, `sha256: ${'a'.repeat(64)}`,
    `releases/prod.yaml:14:13 Cannot verify a model by sum "${'a'.repeat(64)}" as it is a placeholder: write "unresolved" until it is known`],
  ['a size without a unit', '16.1 GB', '16.1',
    'releases/prod.yaml:15:11 Cannot plan storage for size "16.1" as it has no unit: write it like "36.6 GB"'],
  ['a size of zero', '16.1 GB', '0 GB',
    'releases/prod.yaml:15:11 Cannot plan storage for size "0 GB" as it is not above zero: write it like "36.6 GB"'],
  ['a negative size', '16.1 GB', '-1 GB',
    'releases/prod.yaml:15:11 Cannot plan storage for size "-1 GB" as it is not above zero: write it like "36.6 GB"'],
  ['a size in another unit', '16.1 GB', '16.1 gigabytes',
    'releases/prod.yaml:15:11 Cannot plan storage for size "16.1 gigabytes" as it is no number of MB, GB, MiB or GiB: write it like "36.6 GB"'],
  ['an attempt of zero', 'attempt: 2', 'attempt: 0',
    'releases/prod.yaml:21:14 Cannot count attempt "0" as attempts are whole numbers from 1: correct it, or remove it for the first'],
  ['half an attempt', 'attempt: 2', 'attempt: 1.5',
    'releases/prod.yaml:21:14 Cannot count attempt "1.5" as attempts are whole numbers from 1: correct it, or remove it for the first'],
  ['an attempt in words', 'attempt: 2', 'attempt: two',
    'releases/prod.yaml:21:14 Cannot count attempt "two" as attempts are whole numbers from 1: correct it, or remove it for the first'],
  ['an attempt in quotes', 'attempt: 2', "attempt: '2'",
    'releases/prod.yaml:21:14 Cannot use "2" as attempt of model "tiny" as it is in quotes: remove them'],

  // Rings and regions
  ['a region in no ring', '  - [eu-west-1]\n', '',
    'releases/prod.yaml:22:1 Cannot roll out to "eu-west-1" as no ring names it: add it to a ring'],
  ['regions without rings', rings, 'rings: []\n',
    'releases/prod.yaml:22:1 Cannot roll out to "us-west-2", "eu-west-1" as no ring names them: add them to a ring'],
  ['a region in two rings', '[eu-west-1]', '[eu-west-1, us-west-2]',
    'releases/prod.yaml:24:17 Cannot roll out to region "us-west-2" again as it is in ring 1 already: remove one of the two'],
  ['a region twice in one ring', '[eu-west-1]', '[eu-west-1, eu-west-1]',
    'releases/prod.yaml:24:17 Cannot roll out to region "eu-west-1" again as it is in ring 2 already: remove one of the two'],
  ['an unknown region in a ring', '[eu-west-1]', '[eu-wset-1]',
    'releases/prod.yaml:24:6 Cannot roll out to region "eu-wset-1" as prod has no such region: did you mean "eu-west-1"?'],
  ['an unknown region beside the one that it resembles', '[eu-west-1]', '[eu-west-2, eu-west-1]',
    'releases/prod.yaml:24:6 Cannot roll out to region "eu-west-2" as prod has no such region: did you mean "eu-west-1"?'],
  ['an empty ring', '[eu-west-1]', '[eu-west-1]\n  - []',
    'releases/prod.yaml:25:5 Cannot roll out to ring 3 as it is empty: name its regions, or remove it'],
  ['a region that repeats its environment', '        tag: v0.25.0\n        digest: unresolved', `        tag: v0.24.0\n        digest: sha256:${hex(64)}`,
    'releases/prod.yaml:28:7 Cannot pin image "vllm" for region "us-west-2" as all of prod has the same pin: remove it here'],
  ['a region that repeats its environment in another order', '        tag: v0.25.0\n        digest: unresolved', `        digest: sha256:${hex(64)}\n        tag: v0.24.0`,
    'releases/prod.yaml:28:7 Cannot pin image "vllm" for region "us-west-2" as all of prod has the same pin: remove it here'],

  // YAML
  ['a tab as indentation', '    tag: v0.24.0', '\ttag: v0.24.0',
    'releases/prod.yaml:4:1 Cannot read "tag: v0.24.0" as YAML forbids it (tabs are not allowed as indentation): indent with spaces',
    `releases/prod.yaml:5:13 Cannot read "digest: sha256:${hex(64)}" as YAML forbids it (nested mappings are not allowed in compact mappings): correct the syntax`],
  ['a bracket that stays open', '[us-west-2]', '[us-west-2',
    'releases/prod.yaml:24:3 Cannot read "- [eu-west-1]" as YAML forbids it (flow sequence in block collection must be sufficiently indented and end with a ]): align it with its neighbours, and close what is open above it'],
  ['a quote that stays open', 'tag: v0.24.0', 'tag: "v0.24.0',
    'releases/prod.yaml:4:10 Cannot read "tag: "v0.24.0" as YAML forbids it (missing closing "quote): add what is missing'],
  ['a line without a colon', '    tag: v0.24.0', '    tag',
    'releases/prod.yaml:4:5 Cannot read "tag" as YAML forbids it (implicit keys need to be on a single line): correct the syntax'],
  ['a line that is indented too little', '    tag: v0.24.0', '   tag: v0.24.0',
    'releases/prod.yaml:4:1 Cannot read "tag: v0.24.0" as YAML forbids it (all mapping items must start at the same column): align it with its neighbours, and close what is open above it'],
  ['two colons in a line', 'tag: v0.24.0', 'tag: v0.24.0: 1',
    'releases/prod.yaml:4:10 Cannot read "tag: v0.24.0: 1" as YAML forbids it (nested mappings are not allowed in compact mappings): correct the syntax'],
  ['a second document', 'models:', '---\nmodels:',
    'releases/prod.yaml:10:1 Cannot read "---" as YAML forbids it (a second document starts here): keep one document in the file'],
  ['an anchor', '  vllm:\n', '  vllm: &vllm\n',
    'releases/prod.yaml:2:9 Cannot use anchor "vllm" as release files have no aliases: remove it'],
  ['an anchor of a key', '  vllm:\n', '  &vllm vllm:\n',
    'releases/prod.yaml:2:3 Cannot use anchor "vllm" as release files have no aliases: remove it'],
  ['an alias', 'tag: 7.4.11-alpine', 'tag: *tag',
    'releases/prod.yaml:8:10 Cannot use alias "tag" as release files repeat what they mean: write the value'],
  ['a merge', '    tag: v0.24.0', '    <<: {}\n    tag: v0.24.0',
    'releases/prod.yaml:4:5 Cannot merge with "<<" as release files repeat what they mean: write every value'],
  ['a type of YAML', 'tag: v0.24.0', 'tag: !!str 1.10',
    'releases/prod.yaml:4:10 Cannot use type "!!str" as release files hold plain values: remove it'],
  ["a type of one's own", 'tag: v0.24.0', 'tag: !version v0.24.0',
    'releases/prod.yaml:4:10 Cannot use type "!version" as release files hold plain values: remove it'],
  ['a directive', 'images:', '%YAML 1.1\n---\nimages:',
    'releases/prod.yaml:1:1 Cannot read "%YAML 1.1" as release files have no directives: remove it'],
];

for (const [mistake, from, to, ...messages] of rows) {
  test(`refuses ${mistake}`, () => {
    expect(problemsIn(changed(from, to))).toEqual(messages);
  });
}

test('counts what nobody would read', () => {
  const aliases = (count: number) => `images:\n${'  - *a\n'.repeat(count)}`;
  const found = problemsIn(aliases(30_000)).filter((message) => !message.includes('more mistakes'));

  expect(found).toHaveLength(50);
  expect(problemsIn(aliases(30_000)).at(-1)).toMatch(
    /^releases\/prod\.yaml:\d+:\d+ Cannot tell of \d{5} more mistakes as nobody would read them/,
  );
  expect(problemsIn(aliases(3)).join()).not.toContain('more mistakes');
});

test('reports every mistake of every file at once, sorted by file and place', () => {
  const environments = { ...known.environments, dev: ['local'], init: ['local'], staging: ['eu-west-1'] };
  const files = [
    { path: 'releases/prod.yaml', text: changed('tag: v0.24.0', 'tag: latest').replace('16.1 GB', '0 GB').replace('1.1b', 'latest') },
    { path: 'releases/dev.yaml', text: 'images: {}\nmodels: {}\nrings: [[loca]]\n' },
    { path: 'releases/production.yaml', text: right },
    { path: 'releases/init.yaml', text: 'images: [\n' },
  ];

  expect(problemsOf(files, { ...known, environments })).toEqual([
    'releases/dev.yaml:3:10 Cannot roll out to region "loca" as dev has no such region: did you mean "local"?',
    'releases/init.yaml:1:9 Cannot read "images: [" as YAML forbids it (flow sequence in block collection must be sufficiently indented and end with a ]): align it with its neighbours, and close what is open above it',
    'releases/prod.yaml:4:10 Cannot pin tag "latest" as it may move: write the tag of one release',
    'releases/prod.yaml:15:11 Cannot plan storage for size "0 GB" as it is not above zero: write it like "36.6 GB"',
    'releases/prod.yaml:18:15 Cannot pin revision "latest" as it may move: write the tag of one variant',
    'releases/production.yaml:1:1 Cannot read "production.yaml" as no environment has a file of that name: use prod.yaml, dev.yaml, init.yaml or staging.yaml',
    'releases/staging.yaml:1:1 Cannot find "releases/staging.yaml" as every environment has a file of pins: create it',
  ]);
});

test('refuses an empty file', () => {
  expect(problemsIn('# nothing yet\n')).toEqual([
    'releases/prod.yaml:1:1 Cannot use "releases/prod.yaml" as it is empty: write its images, models and rings',
  ]);
});

test('refuses a file that is one list', () => {
  expect(problemsIn('- images\n')).toEqual([
    'releases/prod.yaml:1:1 Cannot use a list as "releases/prod.yaml" as that is a map: write "key: value" lines',
  ]);
});

test('refuses a file that is too large', () => {
  expect(problemsIn(`${right}${'#'.repeat(256 * 1024)}`)).toEqual([
    `releases/prod.yaml:1:1 Cannot read "releases/prod.yaml" as its ${right.length + 256 * 1024} bytes are more than 262144: keep pins and rings only`,
  ]);
});

test('refuses nesting that would exhaust the stack', () => {
  expect(problemsIn('['.repeat(100_000))).toEqual([
    expect.stringMatching(
      /^releases\/prod\.yaml:1:\d+ Cannot read "\[{80}…" as YAML forbids it \(it is nested too deeply\): remove what is no pin$/,
    ),
  ]);
});

test('refuses no more than the first mistake of a line, and twenty lines', () => {
  expect(problemsIn('\tvllm: : :\n'.repeat(500))).toHaveLength(20);
});

test('refuses the extension .yml', () => {
  expect(problemsOf([{ path: 'releases/prod.yml', text: right }])).toEqual([
    'releases/prod.yaml:1:1 Cannot find "releases/prod.yaml" as every environment has a file of pins: create it',
    'releases/prod.yml:1:1 Cannot read "prod.yml" as no environment has a file of that name: did you mean "prod.yaml"?',
  ]);
});

test('reads files with a byte order mark or Windows line ends', () => {
  expect(problemsIn(`\ufeff${right.replaceAll('\n', '\r\n')}`)).toEqual([]);
});

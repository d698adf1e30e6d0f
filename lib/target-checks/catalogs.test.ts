import { catalog } from '../models/catalog';
import { gpus } from '../regions/gpu';
import { repository } from '../repository';
import { catalogMistakes } from './catalogs';

const llama = catalog['llama-3.1-8b-instruct'];
const model = (changes: object) => [...catalogMistakes({ models: { llama: { ...llama, ...changes } }, gpus: {}, repository })];
const shape = (changes: object) => model({ shape: { ...llama.shape, ...changes } });
const at = (changes: object) => [...catalogMistakes({ models: {}, gpus: {}, repository: { ...repository, ...changes } })];

test('accepts what is there', () => {
  expect([...catalogMistakes({ models: catalog, gpus, repository })]).toEqual([]);
  expect(at({ url: 'git@git.example.com:platform/slipway.git', revision: 'release/1.2' })).toEqual([]);
  expect(at({ url: 'ssh://git@git.example.com/platform/slipway.git' })).toEqual([]);
});

test.each([
  [
    { layers: 0 },
    'Cannot use "0" for shape.layers of model "llama" as it is not between 1 and 512: correct the figure (lib/models/catalog.ts)',
  ],
  [
    { kvHeads: 7 },
    'Cannot use shape of model "llama" as its attentionHeads 32 are no multiple of its kvHeads 7: copy both from config.json',
  ],
  [{ headDim: 128.5 }, 'for shape.headDim of model "llama" as it is no whole number'],
  [{ maxPositions: 4 }, 'for shape.maxPositions of model "llama" as it is not between 512 and 100000000'],
])('refuses the shape %j of a model', (changes, message) => {
  expect(shape(changes)).toEqual([expect.stringContaining(message)]);
});

test.each([
  [{ servedName: 'a model' }, 'Cannot use "a model" for servedName of model "llama" as clients cannot ask for it'],
  [
    { quantization: { method: 'awq', bits: 16, groupSize: 128 } },
    'Cannot use "16" for quantization.bits of model "llama" as there is no such choice: use 4',
  ],
  [
    { quantization: { method: 'int2' } },
    'for quantization.method of model "llama" as there is no such choice: use "none", "awq", "gptq" or "fp8"',
  ],
  [{ contextLength: 4096 }, 'Cannot use model "llama" as it has no setting "contextLength"'],
])('refuses a model of %j', (changes, message) => {
  expect(model(changes)).toEqual([expect.stringContaining(message)]);
});

test('refuses an accelerator with the memory of another unit', () => {
  expect([...catalogMistakes({ models: {}, gpus: { h100: { ...gpus.h100, memoryGiB: 81_920 } }, repository })]).toEqual([
    'Cannot use "81920" for memoryGiB of GPU "h100" as it is not between 4 and 600: correct the figure (lib/regions/gpu.ts)',
  ]);
});

test.each([
  [
    { url: 'git.example.com/platform/slipway' },
    'Cannot use "git.example.com/platform/slipway" for url of the repository as it is no repository that can be cloned',
  ],
  [{ url: 'https://token@git.example.com/platform/slipway.git' }, 'as it is no repository that can be cloned'],
  [{ url: 'https://git.example.com/' }, 'as it is no repository that can be cloned'],
  [{ revision: 'HEAD' }, 'Cannot use "HEAD" for revision of the repository as it is no branch or tag that stays what it is'],
  [{ revision: 'main..old' }, 'as it is no branch or tag'],
  [{ revision: 'a branch' }, 'as it is no branch or tag'],
  [{ docs: 'docs/' }, 'Cannot use "docs/" for docs of the repository as it is no address of a server'],
])('refuses a repository with %j', (changes, message) => {
  expect(at(changes)).toEqual([expect.stringContaining(message)]);
});

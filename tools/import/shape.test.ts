import type { Crd, Schema } from './crd';
import type { Pruning } from './pruning';
import { shapeOf } from './shape';

const crd = (properties: Record<string, Schema>, required: readonly string[] = []): Crd => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'teapots.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Teapot', plural: 'teapots' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', required, properties } } }],
  },
});

const text: Schema = { type: 'string' };
const teapot = crd({
  spec: {
    type: 'object',
    required: ['lid', 'size'],
    properties: { lid: text, size: text, cups: { type: 'array', items: { type: 'object', properties: { handle: text, saucer: text } } } },
  },
});

const schemaOf = ({ spec }: Crd) => spec.versions[0]?.schema?.openAPIV3Schema;
const specOf = (shaped: Crd) => schemaOf(shaped)?.properties?.['spec'];

test('keeps the storage version alone, whatever its place in the list', () => {
  const [v1] = teapot.spec.versions;
  const versions = [{ name: 'v1alpha1', served: true, storage: false, schema: { openAPIV3Schema: {} } }, ...(v1 ? [v1] : [])];

  expect(shapeOf({ ...teapot, spec: { ...teapot.spec, versions } }, []).spec.versions.map(({ name }) => name)).toEqual(['v1']);
});

test('leaves out the status and what the API server writes', () => {
  const shaped = shapeOf(crd({ apiVersion: text, kind: text, metadata: text, spec: text, status: text }, ['spec', 'metadata']), []);

  expect(schemaOf(shaped)).toEqual({ type: 'object', required: ['spec'], properties: { spec: text } });
});

test('drops descriptions, but not a field of that name', () => {
  const described = { type: 'object', description: 'A vessel.', properties: { description: { ...text, description: 'What is inside.' } } };

  expect(specOf(shapeOf(crd({ spec: described }), []))).toEqual({ type: 'object', properties: { description: text } });
});

test('types a date as text, because a manifest can hold no Date', () => {
  const date = { type: 'string', format: 'date-time' };

  expect(specOf(shapeOf(crd({ spec: date }), []))).toEqual(text);
});

test('names both types of an int-or-string, inside maps and lists as well', () => {
  const either = { 'x-kubernetes-int-or-string': true };
  const alternatives = { anyOf: [{ type: 'integer' }, { type: 'string' }] };

  expect(specOf(shapeOf(crd({ spec: { type: 'array', items: either } }), []))).toEqual({ type: 'array', items: alternatives });
  expect(specOf(shapeOf(crd({ spec: { type: 'object', additionalProperties: either } }), []))).toEqual({
    type: 'object',
    additionalProperties: alternatives,
  });
});

test('keeps only the fields that a pruning names', () => {
  const pruning: Pruning = { kind: 'Teapot', at: 'spec', keep: ['lid'], because: 'the rest is decoration' };

  expect(specOf(shapeOf(teapot, [pruning]))).toEqual({ type: 'object', required: ['lid'], properties: { lid: text } });
});

test('drops a field of the items of a list', () => {
  const pruning: Pruning = { kind: 'Teapot', at: 'spec.cups[]', drop: ['saucer'], because: 'nobody uses saucers' };

  expect(specOf(shapeOf(teapot, [pruning]))?.properties?.['cups']?.items?.properties).toEqual({ handle: text });
});

test('leaves other kinds alone', () => {
  const pruning: Pruning = { kind: 'Kettle', at: 'spec', keep: ['lid'], because: 'another vessel' };

  expect(shapeOf(teapot, [pruning])).toEqual(shapeOf(teapot, []));
});

test.each<[string, Pruning]>([
  ['spout', { kind: 'Teapot', at: 'spec', drop: ['lid', 'spout'], because: 'it has gone upstream' }],
  ['spout', { kind: 'Teapot', at: 'spec.spout', drop: ['length'], because: 'it has gone upstream' }],
  ['[]', { kind: 'Teapot', at: 'spec.lid[]', drop: ['knob'], because: 'it is no list any more' }],
])('refuses a pruning whose "%s" upstream does not have', (field, pruning) => {
  expect(() => shapeOf(teapot, [pruning])).toThrow(
    `Cannot prune "${pruning.at}" of Teapot as it has no "${field}": correct its entry in tools/import/pruning.ts`,
  );
});

test('refuses a definition without a schema of the stored version', () => {
  const versions = [{ name: 'v1', served: true, storage: true }];

  expect(() => shapeOf({ ...teapot, spec: { ...teapot.spec, versions } }, [])).toThrow(
    'Cannot import "Teapot" as it has no schema of a stored version: use another release',
  );
});

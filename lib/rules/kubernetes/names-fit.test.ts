import { problems } from '../testing/problems';

const long = (length: number): string => 'a'.repeat(length);
const named = (id: string, name: unknown) => problems('names-fit', ({ get }) => Object.assign(get(id).metadata, { name }));
const labelled = (labels: object) => problems('names-fit', ({ get }) => Object.assign(get('Service/web').metadata, { labels }));
const annotated = (annotations: object) => problems('names-fit', ({ get }) => Object.assign(get('Service/web').metadata, { annotations }));

test('accepts names, labels and annotations of every form', () => {
  expect(problems('names-fit')).toEqual([]);
  expect(named('ConfigMap/web-config', 'kube-root-ca.crt')).toEqual([]);
  expect(labelled({ 'slipway.dev/part': 'A_b.c-9', plain: '' })).toEqual([]);
  expect(annotated({ note: 'Any text at all: !' })).toEqual([]);
});

test.each([
  ['Service/web', 'Web'],
  ['Service/web', '9web'],
  ['Service/web', 'web-'],
  ['ConfigMap/web-config', 'web_config'],
  ['ConfigMap/web-config', ''],
  ['ConfigMap/web-config', '..'],
])('fails for a %s that is named "%s"', (id, name) => {
  expect(named(id, name)).toEqual([expect.stringContaining('/metadata/name is "')]);
});

test('fails for names that controllers cannot append to', () => {
  expect(named('Service/web', long(64))).toEqual([expect.stringContaining('64 characters long: at most 63 are allowed')]);
  expect(named('Cluster/database', long(51))).toEqual([expect.stringContaining('51 characters long: at most 50 are allowed')]);
});

test('fails for labels that are none', () => {
  expect(labelled({ note: 'two words' })).toEqual([
    'Service/web: /metadata/labels/note is "two words", not letters, digits, and inner dashes, dots and underscores',
  ]);
  expect(labelled({ note: long(64) })).toEqual([expect.stringContaining('64 characters long: at most 63 are allowed')]);
  expect(labelled({ 'a b': 'c' })).toHaveLength(1);
  expect(labelled({ '/name': 'c' })).toHaveLength(1);
  expect(labelled({ [`example.com/${long(64)}`]: 'c' })).toHaveLength(1);
});

test('fails for values that are no texts', () => {
  expect(labelled({ enabled: true })).toEqual(['Service/web: /metadata/labels/enabled is true, not a text']);
  expect(annotated({ wave: 1 })).toEqual(['Service/web: /metadata/annotations/wave is 1, not a text']);
});

test('looks at pods as well', () => {
  expect(
    problems('names-fit', ({ get }) => {
      get('Deployment/web').spec.template.metadata.annotations = { restarted: 1 };
    }),
  ).toEqual(['Deployment/web: /spec/template/metadata/annotations/restarted is 1, not a text']);
});

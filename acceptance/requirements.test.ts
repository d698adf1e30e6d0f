import { exists, text, yamlIn } from './read';
import { type Row, rows } from './rows';

const quoted = (where: string): string[] => [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const linked = (where: string): string[] => [...where.matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => path);

/** `path` or `path#field.of.an.object`: what a row may name of this repository. */
const places = ({ where }: Row): [path: string, field: string | undefined][] =>
  quoted(where)
    .filter((name) => /^(acceptance|argocd|dist|docs|lib|releases|tools)\//.test(name) || /^\.[\w-]+/.test(name))
    .map((name) => [name.split('#')[0] ?? '', name.split('#')[1]]);

/** Whether an object has a field. Keys may have dots of their own, as annotations do. */
function hasField(value: unknown, field: string): boolean {
  if (field === '') return value !== undefined;
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, inner]) => {
    if (field === key) return true;
    return field.startsWith(`${key}.`) && hasField(inner, field.slice(key.length + 1));
  });
}

test('a field is found by its path, and a wrong path is not', () => {
  const deployment = { metadata: { annotations: { 'example.com/a': 'b' } }, spec: { containers: [{ name: 'one' }] } };

  expect(hasField(deployment, 'metadata.annotations.example.com/a')).toBe(true);
  expect(hasField(deployment, 'spec.containers.0.name')).toBe(true);
  expect(hasField(deployment, 'spec.containers.1.name')).toBe(false);
  expect(hasField(deployment, 'spec.replicas')).toBe(false);
});

test('there are 478 requirements, each met or left out', () => {
  expect(rows).toHaveLength(478);
  expect([...new Set(rows.map(({ state }) => state))].filter((state) => !['met', 'left out'].includes(state))).toEqual([]);
});

test('every row says what is required in words of its own', () => {
  expect(rows.filter(({ requirement }) => requirement.length < 15 || requirement.length > 260).map(({ id }) => id)).toEqual([]);
});

test('every row that is met names a file or a page, and every file, field and page exists', () => {
  const nowhere = rows.filter((row) => row.state === 'met' && places(row).length + linked(row.where).length === 0);
  const missing = rows.flatMap((row) => [
    ...linked(row.where)
      .filter((path) => !exists(`docs/${path}`))
      .map((path) => `${row.id}: ${path}`),
    ...places(row)
      .filter(([path, field]) => !exists(path) || (field !== undefined && !hasField(yamlIn(path), field)))
      .map(([path, field]) => `${row.id}: ${path}${field === undefined ? '' : `#${field}`}`),
  ]);

  expect(nowhere.map(({ id }) => id)).toEqual([]);
  expect(missing).toEqual([]);
});

test('every row that is left out says why', () => {
  expect(rows.filter(({ state, where }) => state === 'left out' && where.split(' ').length < 5).map(({ id }) => id)).toEqual([]);
});

test('the README leads to the requirements', () => {
  expect(text('README.md')).toContain('(docs/requirements.md)');
});

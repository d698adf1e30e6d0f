import { parseCrds } from './crd';

test('finds the definitions among other documents', () => {
  const crds = parseCrds('kind: Namespace\n---\nkind: CustomResourceDefinition\nmetadata: { name: a }\n---\n# nothing\n');

  expect(crds).toEqual([{ kind: 'CustomResourceDefinition', metadata: { name: 'a' } }]);
});

test('reads quoted descriptions that are folded without indentation', () => {
  const crds = parseCrds(`
kind: CustomResourceDefinition
schema:
  name:
    description: 'It''s the name
    of a thing. More info: nowhere'
    type: string
  size: { type: integer }
`);

  expect(crds).toEqual([
    { kind: 'CustomResourceDefinition', schema: { name: { description: '', type: 'string' }, size: { type: 'integer' } } },
  ]);
});

test('refuses what is not YAML for another reason', () => {
  expect(() => parseCrds("kind: CustomResourceDefinition\nname: 'never closed")).toThrow('it is not YAML');
});

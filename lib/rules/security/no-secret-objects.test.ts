import { problems } from '../testing/problems';

test('fails for a Secret, an empty one too', () => {
  expect(
    problems('no-secret-objects', ({ add }) => add({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'app' } })),
  ).toEqual(['Secret/keys: /kind is Secret: its values would be in Git']);
});

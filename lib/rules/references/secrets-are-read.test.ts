import { problems } from '../testing/problems';

test('fails for a key that nobody reads', () => {
  expect(
    problems('secrets-are-read', ({ get }) => {
      get('ExternalSecret/web-keys').spec.data.push({ secretKey: 'other', remoteRef: { key: 'other' } });
    }),
  ).toEqual(['ExternalSecret/web-keys: /spec/data delivers key "other", which no pod and no object reads']);
});

test('fails for a Secret that nobody reads', () => {
  expect(
    problems('secrets-are-read', ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].env = [];
    }),
  ).toEqual(['ExternalSecret/web-keys: /spec/target/name delivers Secret "web-keys", which no pod and no object reads']);
});

test('accepts a Secret that is mounted whole, and one in the namespace of an addon', () => {
  expect(
    problems('secrets-are-read', ({ get, add }) => {
      const { spec } = get('Deployment/web').spec.template;
      spec.containers[0].env = [];
      spec.volumes.push({ name: 'keys', secret: { secretName: 'web-keys' } });
      add({ ...structuredClone(get('ExternalSecret/web-keys')), metadata: { name: 'grafana', namespace: 'monitoring' } });
    }),
  ).toEqual([]);
});

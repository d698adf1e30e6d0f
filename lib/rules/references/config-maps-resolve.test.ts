import { problems } from '../testing/problems';

const POD = '/spec/template/spec';

test('fails for a volume from a ConfigMap of another namespace', () => {
  expect(
    problems('config-maps-resolve', ({ get }) => {
      get('ConfigMap/web-config').metadata.namespace = 'llm';
    }),
  ).toEqual([`Deployment/web: ${POD}/volumes/0/configMap/name names ConfigMap "web-config", which does not exist in app (there is none)`]);
});

test('fails for a key that the ConfigMap lacks', () => {
  expect(
    problems('config-maps-resolve', ({ get }) => {
      get('Deployment/web').spec.template.spec.volumes[0].configMap.items = [{ key: 'config.yaml', path: 'config' }];
    }),
  ).toEqual([
    `Deployment/web: ${POD}/volumes/0/configMap/items/0/key reads key "config.yaml" of ConfigMap "web-config", which has no such key (there: config.json)`,
  ]);
});

test('fails for variables and projected volumes alike', () => {
  const found = problems('config-maps-resolve', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    spec.volumes.push({ name: 'all', projected: { sources: [{ configMap: { name: 'a' } }] } });
    spec.containers[0].envFrom = [{ configMapRef: { name: 'b' } }];
    spec.containers[0].env.push({ name: 'LOG', valueFrom: { configMapKeyRef: { name: 'c', key: 'log' } } });
  });

  expect(found.map((text) => text.split(' ')[1])).toEqual([
    `${POD}/volumes/1/projected/sources/0/configMap/name`,
    `${POD}/containers/0/envFrom/0/configMapRef/name`,
    `${POD}/containers/0/env/1/valueFrom/configMapKeyRef/name`,
  ]);
});

test("fails for a database's queries", () => {
  expect(
    problems('config-maps-resolve', ({ get }) => {
      get('Cluster/database').spec.monitoring = { customQueriesConfigMap: [{ name: 'queries', key: 'all' }] };
    }),
  ).toHaveLength(1);
});

test('accepts an optional reference, and the ConfigMap that every namespace has', () => {
  expect(
    problems('config-maps-resolve', ({ get }) => {
      get('Deployment/web').spec.template.spec.volumes.push(
        { name: 'a', configMap: { name: 'none', optional: true } },
        { name: 'b', configMap: { name: 'kube-root-ca.crt' } },
      );
    }),
  ).toEqual([]);
});

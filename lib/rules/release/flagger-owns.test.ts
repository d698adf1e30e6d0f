import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'flagger-owns';
const inLlm = (apiVersion: string, kind: string, name: string, spec: Draft = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'llm' },
  spec,
});

test.each([
  ['v1', 'Service', 'model'],
  ['v1', 'Service', 'model-primary'],
  ['v1', 'Service', 'model-canary'],
  ['apps/v1', 'Deployment', 'model-primary'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'model'],
])('fails for a %s %s named %s', (apiVersion, kind, name) => {
  expect(problems(RULE, ({ add }) => add(inLlm(apiVersion, kind, name)))).toEqual([
    `${kind}/${name}: /metadata/name is "${name}", an object that Flagger creates for Canary/model`,
  ]);
});

test('fails for the copy of a ConfigMap that the target reads, unless Flagger does not track it', () => {
  const copy = (annotations: object) =>
    problems(RULE, ({ get, add }) => {
      get('Deployment/model').spec.template.spec.volumes.push({ name: 'settings', configMap: { name: 'settings' } });
      add({ ...inLlm('v1', 'ConfigMap', 'settings'), metadata: { name: 'settings', namespace: 'llm', annotations } });
      add(inLlm('v1', 'ConfigMap', 'settings-primary'));
    });

  expect(copy({})).toHaveLength(1);
  expect(copy({ 'flagger.app/config-tracking': 'disabled' })).toEqual([]);
});

const scaler = (change: object) =>
  problems(RULE, ({ get, add }) => {
    const { spec } = structuredClone(get('HorizontalPodAutoscaler/model'));
    spec.scaleTargetRef.name = 'model-primary';
    add(inLlm('autoscaling/v2', 'HorizontalPodAutoscaler', 'model-primary', { ...spec, minReplicas: 4, maxReplicas: 12, ...change }));
  });

test('accepts the autoscaler of the primary that says what Flagger would write', () => {
  expect(scaler({})).toEqual([]);
});

test('fails for one that says something else', () => {
  expect(scaler({ maxReplicas: 8, metrics: [{ type: 'Pods' }] })).toEqual([
    'HorizontalPodAutoscaler/model-primary: /spec/maxReplicas differs from 12, which Flagger would write at the next promotion',
    'HorizontalPodAutoscaler/model-primary: /spec/metrics differs from [], which Flagger would write at the next promotion',
  ]);
});

test('fails for a Secret delivered under the name of the copy', () => {
  expect(
    problems(RULE, ({ add }) =>
      add(inLlm('external-secrets.io/v1', 'ExternalSecret', 'keys'), inLlm('external-secrets.io/v1', 'ExternalSecret', 'keys-primary')),
    ),
  ).toEqual(['ExternalSecret/keys-primary: /spec/target/name is "keys-primary", which is what Flagger calls its copy of Secret "keys"']);
});

test('accepts these names in another namespace', () => {
  expect(problems(RULE, ({ add }) => add({ ...inLlm('v1', 'Service', 'model'), metadata: { name: 'model', namespace: 'app' } }))).toEqual(
    [],
  );
});

import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const values = (chart: string, change: (values: Draft) => void) =>
  fleetProblems('addon-values-known', ({ get }) => change(get(`Application/${chart}-prod-us-west-2`).spec.source.helm.valuesObject));
const at = (chart: string) => `Application/${chart}-prod-us-west-2: /spec/source/helm/valuesObject`;

test('accepts what charts read', () => {
  expect(values('kong', (it) => Object.assign(it, { replicaCount: 2, extraObjects: [] }))).toEqual([]);
});

test('fails for a value that the chart does not read', () => {
  expect(values('kong', (it) => Object.assign(it, { replicas: 2 }))).toEqual([
    `${at('kong')}/replicas is "replicas", which chart kong does not read (there: replicaCount)`,
  ]);
});

test('fails for definitions that nobody brings', () => {
  expect(values('cert-manager', (it) => Object.assign(it, { crds: {} }))).toEqual([
    `${at('cert-manager')}/crds/enabled is not true: no chart would install the kinds of cert-manager`,
  ]);
  expect(values('external-secrets', (it) => Object.assign(it, { installCRDs: false }))).toEqual([
    `${at('external-secrets')}/installCRDs is not true: no chart would install the kinds of external-secrets`,
  ]);
});

test('fails for labels of pods, which Istio’s gateway takes from all its labels', () => {
  const gateway = (changed: object) =>
    fleetProblems('addon-values-known', ({ add, get }) => {
      const kong = structuredClone(get('Application/kong-prod-us-west-2'));
      kong.metadata.name = 'istio-gateway-prod-us-west-2';
      Object.assign(kong.spec.source, { chart: 'gateway', helm: { valuesObject: { replicaCount: 2, ...changed } } });
      add(kong);
    });

  expect(gateway({})).toEqual([]);
  expect(gateway({ podLabels: {} })).toEqual([`${at('istio-gateway')}/podLabels is "podLabels", which chart gateway does not read`]);
});

import { fleetProblems } from '../testing/fleet-problems';
import type { FleetDrafts } from '../testing/sample-fleet';
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

describe('definitions of kinds', () => {
  /** What is found with a second gateway on the cluster. */
  const beside = (skipCrds: boolean) =>
    fleetProblems('addon-values-known', ({ add, get }) => {
      const second = structuredClone(get('Application/kong-prod-us-west-2'));
      second.metadata.name = 'kong-internal-prod-us-west-2';
      Object.assign(second.spec.source.helm, { skipCrds });
      add(second);
    });

  test('come from one release of a cluster', () => {
    expect(beside(true)).toEqual([]);
    expect(beside(false)).toEqual([
      'Application/kong-internal-prod-us-west-2: /spec/source/helm/skipCrds has it bring the definitions that kong-prod-us-west-2 brings: Argo CD would refuse the second of the two',
    ]);
  });

  test('come from one of the charts that have them, which is the one that cannot leave them out', () => {
    const stack = (crds: Draft, change: (all: FleetDrafts) => void = () => {}) =>
      fleetProblems('addon-values-known', (all) => {
        all.get('Application/kube-prometheus-stack-prod-us-west-2').spec.source.helm.valuesObject.crds = crds;
        change(all);
      });
    const alone = ({ remove }: FleetDrafts) => remove('Application/prometheus-operator-crds-prod-us-west-2');

    expect(stack({ enabled: true }, alone)).toEqual([]);
    expect(stack({})).toEqual([
      `${at('kube-prometheus-stack')}/crds/enabled has it bring the definitions that prometheus-operator-crds-prod-us-west-2 brings: Argo CD would refuse the second of the two`,
    ]);
    expect(stack({ enabled: false }, alone)).toEqual([
      `${at('kube-prometheus-stack')}/crds/enabled is not true: no chart would install the kinds of kube-prometheus-stack`,
    ]);
  });

  test('outlive the chart', () => {
    expect(values('cert-manager', (it) => Object.assign(it.crds, { keep: true }))).toEqual([]);
    expect(values('cert-manager', (it) => Object.assign(it.crds, { keep: false }))).toEqual([
      `${at('cert-manager')}/crds/keep is false: every object of the kinds of cert-manager would go with it`,
    ]);
  });
});

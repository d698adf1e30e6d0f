import { findFleetProblems } from '../check-fleet';
import { fleetProblems } from '../testing/fleet-problems';
import { TODAY, textsOf } from '../testing/problems';
import { sampleFleet } from '../testing/sample-fleet';
import type { Draft } from '../testing/sample-target';

const values = (chart: string, changed: Draft) =>
  fleetProblems('addons-are-configured', ({ get }) =>
    Object.assign(get(`Application/${chart}-prod-us-west-2`).spec.source.helm.valuesObject, changed),
  );
const at = (chart: string) => `Application/${chart}-prod-us-west-2: /spec/source/helm/valuesObject`;

test('accepts values that fit the cluster', () => {
  expect(values('kong', { proxy: { type: 'LoadBalancer' }, ingressController: { ingressClass: 'kong' } })).toEqual([]);
  expect(values('kube-prometheus-stack', { storage: { storageClassName: 'block' } })).toEqual([]);
  expect(values('flagger', { namespace: 'llm', clusterName: 'prod-us-west-2' })).toEqual([]);
});

test.each<[string, string, Draft, string]>([
  [
    'another cluster',
    'flagger',
    { clusterName: 'prod-eu-west-1' },
    '/clusterName is "prod-eu-west-1", another cluster than prod-us-west-2',
  ],
  [
    'a role of another cluster',
    'flagger',
    { serviceAccount: { annotations: { role: 'arn:aws:iam::1:role/prod-eu-west-1-flagger' } } },
    '/serviceAccount/annotations/role names "prod-eu-west-1", another cluster than prod-us-west-2',
  ],
  [
    'another namespace than that of Canaries',
    'flagger',
    { namespace: 'default' },
    '/namespace is "default": Canaries in llm are never released',
  ],
  [
    'an internal gateway that is public',
    'kong',
    { podLabels: { 'slipway.dev/workload': 'kong-internal' }, proxy: { type: 'NodePort' } },
    '/proxy/type is NodePort: the gateway for calls inside',
  ],
  ['a class that nobody defines', 'kong', { ingressController: { ingressClass: 'nginx' } }, '/ingressController/ingressClass is "nginx"'],
  [
    'a storage class that is not there',
    'kube-prometheus-stack',
    { storage: { storageClassName: 'gp3' } },
    '/storage/storageClassName is "gp3", a StorageClass that prod-us-west-2 does not have (there: block)',
  ],
])('fails for %s', (_, chart, changed, message) => {
  expect(values(chart, changed)).toEqual([expect.stringContaining(`${at(chart)}${message}`)]);
});

test('fails for gateways that do not fit their quota', () => {
  const found = fleetProblems('addons-are-configured', ({ get, app }) => {
    const quota = app('foundation').find(({ metadata }) => metadata.name === 'edge-quota');
    quota.spec.hard.pods = '2';
    get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject.replicaCount = 3;
  });

  expect(found).toEqual([`${at('kong')}/replicaCount lets the gateways of edge be 4 pods during a rollout, and its quota is 2`]);
});

describe('the gateway', () => {
  const found = (type: string, annotations: Draft) =>
    fleetProblems('addons-are-configured', ({ get, app }) => {
      const gateway = app('edge').find(({ kind, spec }) => kind === 'Gateway' && spec.gatewayClassName === 'kong');
      Object.assign(gateway?.metadata, { annotations });
      Object.assign(get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject, {
        podLabels: { 'slipway.dev/workload': 'kong' },
        proxy: { type },
      });
    });

  test('may stay inside of one cluster and not of the next', () => {
    expect(found('ClusterIP', { 'slipway.dev/reached-by': 'cluster' })).toEqual([]);
    expect(found('LoadBalancer', {})).toEqual([]);
    expect(found('NodePort', {})).toEqual([]);
  });

  test('has a door if it is for everybody, and none if it is not', () => {
    expect(found('ClusterIP', {})).toEqual([`${at('kong')}/proxy/type is ClusterIP: nobody outside of the cluster reaches Gateway/public`]);
    expect(found('LoadBalancer', { 'slipway.dev/reached-by': 'cluster' })).toEqual([
      `${at('kong')}/proxy/type is LoadBalancer, and Gateway/public is for the cluster alone`,
    ]);
  });
});

test('fails for an account or a region that the cluster is not in', () => {
  const told = (changed: Draft) => {
    const fleet = sampleFleet(({ get }) => Object.assign(get('Application/flagger-prod-us-west-2').spec.source.helm.valuesObject, changed));
    const cloud = { kind: 'aws', region: 'us-west-2', accountId: '111122223333' } as const;
    return textsOf(
      'addons-are-configured',
      findFleetProblems({ ...fleet, targets: fleet.targets.map((each) => ({ ...each, cloud })) }, TODAY),
    );
  };
  const role = (account: string) => ({ annotations: { 'eks.amazonaws.com/role-arn': `arn:aws:iam::${account}:role/flagger` } });

  expect(told({ serviceAccount: role('111122223333'), env: [{ name: 'AWS_DEFAULT_REGION', value: 'us-west-2' }] })).toEqual([]);
  expect(told({ serviceAccount: role('444455556666') })).toEqual([
    `${at('flagger')}/serviceAccount/annotations/eks.amazonaws.com~1role-arn is "arn:aws:iam::444455556666:role/flagger", but us-west-2 is in account 111122223333`,
  ]);
  expect(told({ env: [{ name: 'AWS_DEFAULT_REGION', value: 'us-east-1' }] })).toEqual([
    `${at('flagger')}/env/0/value is "us-east-1", another region than us-west-2, where prod-us-west-2 is`,
  ]);
});

import { findFleetProblems } from '../check-fleet';
import { fleetProblems } from '../testing/fleet-problems';
import { TODAY, textsOf } from '../testing/problems';
import { type FleetDrafts, sampleFleet } from '../testing/sample-fleet';
import type { Draft } from '../testing/sample-target';

const values = (chart: string, changed: Draft) =>
  fleetProblems('addons-are-configured', ({ get }) =>
    Object.assign(get(`Application/${chart}-prod-us-west-2`).spec.source.helm.valuesObject, changed),
  );
const at = (chart: string) => `Application/${chart}-prod-us-west-2: /spec/source/helm/valuesObject`;

test('accepts values that fit the cluster', () => {
  expect(
    values('kong', { proxy: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, ingressController: { ingressClass: 'kong' } }),
  ).toEqual([]);
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
        proxy: { type, externalTrafficPolicy: 'Local' },
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

test('fails for pods that are spread by another label, and for a priority that the cluster does not have', () => {
  const spread = (workload: string) => [
    { labelSelector: { matchLabels: { 'slipway.dev/workload': workload, 'app.kubernetes.io/name': 'kong' } } },
  ];

  expect(values('kong', { topologySpreadConstraints: spread('kong'), priorityClassName: 'serving' })).toEqual([]);
  expect(values('flagger', { priorityClassName: 'system-cluster-critical' })).toEqual([]);
  expect(values('kong', { topologySpreadConstraints: spread('gateway'), priorityClassName: 'servng' })).toEqual([
    `${at('kong')}/priorityClassName is "servng", a PriorityClass that prod-us-west-2 does not have (there: serving)`,
    `${at('kong')}/topologySpreadConstraints/0/labelSelector/matchLabels/slipway.dev~1workload is "gateway", and the pods have "kong": nothing would be spread`,
  ]);
});

describe('a load balancer', () => {
  const LB = 'service.beta.kubernetes.io/aws-load-balancer';
  const annotated = (annotations: Draft) =>
    values('kong', { proxy: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', annotations } });

  test('may have an address outside of the network', () => {
    expect(annotated({ [`${LB}-type`]: 'external', [`${LB}-scheme`]: 'internet-facing' })).toEqual([]);
  });

  test('fails where it has none, and its gateway is for everybody', () => {
    expect(annotated({ [`${LB}-scheme`]: 'internal' })).toEqual([
      `${at('kong')}/proxy/annotations/service.beta.kubernetes.io~1aws-load-balancer-scheme is "internal": nobody outside of the network reaches Gateway/public`,
    ]);
    expect(annotated({ [`${LB}-type`]: 'external' })).toEqual([
      `${at('kong')}/proxy/annotations/service.beta.kubernetes.io~1aws-load-balancer-scheme is missing, which is internal: nobody outside of the network reaches Gateway/public`,
    ]);
  });
});

/** What is found where a release of another chart is installed in the place of Flagger's. */
const instead = (chart: string, told: Draft, change: (all: FleetDrafts) => void = () => {}) =>
  fleetProblems('addons-are-configured', (all) => {
    for (const region of ['us-west-2', 'eu-west-1']) {
      const { source } = all.get(`Application/flagger-prod-${region}`).spec;
      Object.assign(source, { chart, helm: { valuesObject: { ...structuredClone(told), txtOwnerId: region } } });
    }
    change(all);
  });

test('fails for a KServe that publishes models itself, or fetches them with another version', () => {
  const kserve = (disableIngressCreation: boolean, tag: string) =>
    instead('kserve-resources', { kserve: { controller: { gateway: { disableIngressCreation } }, storage: { tag } } });

  expect(kserve(true, '1.44.0')).toEqual([]);
  expect(kserve(false, 'v0.13.0').slice(0, 2)).toEqual([
    `${at('flagger')}/kserve/controller/gateway/disableIngressCreation is not true: KServe would publish each model itself, past tokens and limits`,
    `${at('flagger')}/kserve/storage/tag is "v0.13.0", and the controller that runs it is 1.44.0`,
  ]);
});

describe('external-dns', () => {
  const right = { sources: ['gateway-httproute'], labelFilter: 'slipway.dev/dns=published', domainFilters: ['example.com'] };
  const found = (changed: Draft, change?: (all: FleetDrafts) => void) =>
    instead('external-dns', { ...right, ...changed }, (all) => {
      const route = all.app('app').find(({ kind }) => kind === 'HTTPRoute');
      route.metadata.labels = { 'slipway.dev/dns': 'published' };
      change?.(all);
    });

  test('is accepted where it reads the routes that are published, and writes into their zones', () => {
    expect([...found({}), ...found({ domainFilters: undefined, labelFilter: undefined, sources: undefined })]).toEqual([]);
  });

  test.each<[string, Draft, string]>([
    ['no routes', { sources: ['ingress'] }, '/sources are without gateway-httproute: hosts of prod-us-west-2 get no records'],
    [
      'other routes',
      { labelFilter: 'dns=yes' },
      '/labelFilter is "dns=yes", and routes whose hosts are published have slipway.dev/dns=published',
    ],
    [
      'other zones',
      { domainFilters: ['ample.com'] },
      '/domainFilters leave out web.example.com, which a route of prod-us-west-2 publishes',
    ],
  ])('fails for %s', (_, changed, message) => {
    expect(found(changed)).toEqual([expect.stringContaining(at('flagger') + message)]);
  });

  test('fails for two clusters that own each other’s records', () => {
    const [message] = found({}, ({ get }) => {
      get('Application/flagger-prod-eu-west-1').spec.source.helm.valuesObject.txtOwnerId = 'us-west-2';
    });

    expect(message).toBe(
      `${at('flagger')}/txtOwnerId is "us-west-2", as on prod-eu-west-1: each would take the other's records for its own`,
    );
  });
});

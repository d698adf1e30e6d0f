import { fleetProblems } from '../testing/fleet-problems';
import type { FleetDrafts } from '../testing/sample-fleet';
import type { Draft } from '../testing/sample-target';

const ENFORCED = 'pod-security.kubernetes.io/enforce';
const GATE = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** An addon in `edge`, in the place of Flagger, and labels of its namespace. */
const installed = (chart: string, valuesObject: Draft, labels: Draft) =>
  fleetProblems('addons-may-run', ({ get, app }: FleetDrafts) => {
    const { spec } = get('Application/flagger-prod-us-west-2');
    Object.assign(spec.source, { chart, helm: { valuesObject } });
    spec.destination.namespace = 'edge';
    namespaceIn(app('foundation'), 'edge').metadata.labels = labels;
  });

const namespaceIn = (objects: Draft[], name: string): Draft =>
  objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);

test.each([
  ['ztunnel', {}],
  ['velero', { deployNodeAgent: true }],
  ['kube-prometheus-stack', { 'prometheus-node-exporter': { namespaceOverride: 'edge' } }],
])('asks a namespace to admit pods of %s, which hold the node', (chart, values) => {
  expect(installed(chart, values, { [ENFORCED]: 'privileged' })).toEqual([]);
  expect(installed(chart, values, { [ENFORCED]: 'restricted' })).toEqual([
    `Namespace/edge: /metadata/labels/pod-security.kubernetes.io~1enforce is restricted, not privileged: pods of ${chart} hold the node, and none would be admitted`,
  ]);
});

test.each([
  ['velero', { deployNodeAgent: false }],
  ['kyverno', {}],
])('asks no more than what is restricted for %s', (chart, values) => {
  expect(installed(chart, values, { [ENFORCED]: 'restricted' })).toEqual([]);
});

test('asks that pods behind a load balancer wait until it knows them', () => {
  const proxy = (target: string) => ({
    proxy: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': target } },
  });

  expect(installed('gateway', proxy('ip'), { [GATE]: 'enabled' })).toEqual([]);
  expect(installed('gateway', proxy('instance'), {})).toEqual([]);
  expect(installed('gateway', proxy('ip'), {})).toEqual([
    'Namespace/edge: /metadata/labels/elbv2.k8s.aws~1pod-readiness-gate-inject is missing, not enabled: the load balancer of gateway leads to pods, and a rollout would not wait until it knows them',
  ]);
});

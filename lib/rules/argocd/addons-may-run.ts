import { record } from '../fields';
import type { FleetRule } from '../rule';
import { type AddonRelease, addonReleases } from './addon-releases';

/** Charts whose pods hold the node's network, its disks or its devices. */
const PRIVILEGED: ReadonlySet<string> = new Set(['cni', 'dcgm-exporter', 'gpu-operator', 'metallb', 'prometheus-node-exporter', 'ztunnel']);

const ENFORCED = 'pod-security.kubernetes.io/enforce';
const GATE = 'elbv2.k8s.aws/pod-readiness-gate-inject';
const TARGETS = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

export const addonsMayRun: FleetRule = {
  id: 'addons-may-run',
  title: 'The namespace of an addon admits its pods, and has them wait for their load balancer.',
  why: 'The Pod Security Standard refuses pods that hold the node, and their DaemonSet stays at zero without an error in Argo CD. And where a load balancer leads to pods, a rollout ends before the new ones are registered: clients get nobody.',
  fix: `Label the namespace in lib/foundation/: ${ENFORCED}: privileged for such charts alone, ${GATE}: enabled for gateways on EKS.`,
  *checkFleet(fleet) {
    for (const release of addonReleases(fleet)) {
      const apps = fleet.clusters.get(release.cluster)?.apps ?? [];
      for (const { namespace, label, value, because } of demandsOf(release)) {
        for (const app of apps) {
          const object = app.objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
          const found = record(object?.metadata.labels)[label];
          if (object === undefined || found === value) continue;
          const message = `is ${found ?? 'missing'}, not ${value}: ${because}`;
          yield { app, object, field: `/metadata/labels/${label.replace('/', '~1')}`, message };
        }
      }
    }
  },
};

/** A label that a namespace must have. */
interface Demand {
  readonly namespace: string;
  readonly label: string;
  readonly value: string;
  readonly because: string;
}

function* demandsOf({ chart, namespace, values }: AddonRelease): Iterable<Demand> {
  const admits = { label: ENFORCED, value: 'privileged', because: `pods of ${chart} hold the node, and none would be admitted` };
  if (PRIVILEGED.has(chart) || (chart === 'velero' && values['deployNodeAgent'] === true)) yield { namespace, ...admits };
  const exporter: unknown = record(values['prometheus-node-exporter'])['namespaceOverride'];
  if (typeof exporter === 'string') yield { namespace: exporter, ...admits };
  if (record(record(values['proxy'])['annotations'])[TARGETS] === 'ip') {
    const because = `the load balancer of ${chart} leads to pods, and a rollout would not wait until it knows them`;
    yield { namespace, label: GATE, value: 'enabled', because };
  }
}

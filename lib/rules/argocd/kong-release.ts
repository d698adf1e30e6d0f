import type { Manifest } from '../../kubernetes/manifest';
import { staysInside } from '../../kubernetes/reached-by';
import { type Data, escaped, record } from '../fields';
import { quantity } from '../quantity';
import { there } from '../references/there';
import { type AddonRelease, type Fault, type Installed, namesOf } from './addon-releases';

const WORKLOAD = 'slipway.dev/workload';

/** How the clouds are told that a load balancer has an address in their own networks alone. */
const PRIVATE: Readonly<Record<string, string>> = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  'networking.gke.io/load-balancer-type': 'Internal',
};
const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const AWS_SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

/** Whether a gateway of Kong fits its cluster: its class, its quota, and whether it has an address outside. */
export function* kong({ values, objects, releases, cluster, namespace }: Installed): Iterable<Fault> {
  const { proxy, podLabels, ingressController } = record(values);
  const { type } = record(proxy);
  const name = String(record(podLabels)[WORKLOAD] ?? '');
  if (type !== undefined && name.endsWith('-internal') && type !== 'ClusterIP')
    yield ['/proxy/type', `is ${type}: the gateway for calls inside the cluster would be public`];
  const gateway = objects.find(({ kind, spec }) => kind === 'Gateway' && spec?.gatewayClassName === name);
  if (type !== undefined && !name.endsWith('-internal') && gateway !== undefined) yield* door(record(proxy), gateway);
  const classes = namesOf(objects, 'GatewayClass');
  const { ingressClass } = record(ingressController);
  if (ingressClass !== undefined && classes.length > 0 && !classes.includes(ingressClass))
    yield [
      '/ingressController/ingressClass',
      `is "${ingressClass}", which is no GatewayClass here: the gateway would read no KongClusterPlugin${there(classes)}`,
    ];

  const kongs = releases.filter((each) => each.chart === 'kong' && each.cluster === cluster && each.namespace === namespace);
  const quota = objects.find(({ kind, metadata }) => kind === 'ResourceQuota' && metadata.namespace === namespace);
  const hard = record(record(quota?.spec).hard);
  const [pods, cpus] = [sum(kongs, () => 1), sum(kongs, cpusOf)];
  if (pods > quantity(hard.pods))
    yield ['/replicaCount', `lets the gateways of ${namespace} be ${pods} pods during a rollout, and its quota is ${hard.pods}`];
  else if (cpus > quantity(hard['requests.cpu']))
    yield [
      '/resources/requests/cpu',
      `lets the gateways of ${namespace} request ${cpus} CPUs during a rollout, and its quota is ${hard['requests.cpu']}`,
    ];
}

/** Whether a gateway has an address outside of its cluster is decided once, and the gateway says how. */
function* door({ type, annotations }: Data, { metadata }: Manifest): Iterable<Fault> {
  const inside = staysInside(metadata.annotations);
  for (const [annotation, value] of Object.entries(record(annotations))) {
    if (inside || type !== 'LoadBalancer' || PRIVATE[annotation] !== value) continue;
    yield [`/proxy/annotations/${escaped(annotation)}`, `is "${value}": nobody outside of the network reaches Gateway/${metadata.name}`];
  }
  if (!inside && record(annotations)[AWS_TYPE] === 'external' && record(annotations)[AWS_SCHEME] === undefined)
    yield [
      `/proxy/annotations/${escaped(AWS_SCHEME)}`,
      `is missing, which is internal: nobody outside of the network reaches Gateway/${metadata.name}`,
    ];
  if (type === 'ClusterIP' && !inside)
    yield ['/proxy/type', `is ClusterIP: nobody outside of the cluster reaches Gateway/${metadata.name}`];
  if (type !== 'ClusterIP' && inside) yield ['/proxy/type', `is ${type}, and Gateway/${metadata.name} is for the cluster alone`];
}

/** Over all pods of some gateways, one beside the replicas of each as a rollout adds it. */
const sum = (kongs: readonly AddonRelease[], each: (values: Data) => number): number =>
  kongs.reduce((total, { values }) => total + (Number(values['replicaCount'] ?? 1) + 1) * each(values), 0);

const cpusOf = ({ resources, ingressController }: Data): number =>
  [resources, record(ingressController).resources].reduce((total, each) => total + (quantity(record(record(each).requests).cpu) || 0), 0);

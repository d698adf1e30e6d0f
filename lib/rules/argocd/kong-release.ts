import type { Manifest } from '../../kubernetes/manifest';
import { staysInside } from '../../kubernetes/reached-by';
import { type Data, escaped, record } from '../fields';
import type { FleetTarget } from '../fleet-summary';
import { quantity } from '../quantity';
import { there } from '../references/there';
import { type AddonRelease, type Fault, type Installed, namesOf } from './addon-releases';
import { clientAddresses } from './client-addresses';

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
export function* kong({ values, objects, releases, cluster, namespace, target }: Installed): Iterable<Fault> {
  const { proxy, podLabels, ingressController } = record(values);
  const { type } = record(proxy);
  const name = String(record(podLabels)[WORKLOAD] ?? '');
  if (type !== undefined && name.endsWith('-internal') && type !== 'ClusterIP')
    yield ['/proxy/type', `is ${type}: the gateway for calls inside the cluster would be public`];
  const gateway = objects.find(({ kind, spec }) => kind === 'Gateway' && spec?.gatewayClassName === name);
  if (type !== undefined && !name.endsWith('-internal') && gateway !== undefined) yield* door(record(proxy), gateway);
  const classes = namesOf(objects, 'GatewayClass');
  const { ingressClass = 'kong', env } = record(ingressController);
  const { gateway_api_controller_name: controller } = record(env);
  const served = namesOf(
    objects.filter(({ spec }) => spec?.controllerName === controller && controller !== undefined),
    'GatewayClass',
  );
  if (classes.length > 0 && !classes.includes(ingressClass))
    yield [
      '/ingressController/ingressClass',
      `is "${ingressClass}", which is no GatewayClass here: the gateway would read no KongClusterPlugin${there(classes)}`,
    ];
  else if (served.length > 0 && !served.includes(ingressClass))
    yield [
      '/ingressController/ingressClass',
      `is "${ingressClass}", and ${controller} serves GatewayClass ${served.join(' and ')}: plugins and consumers of the other gateway would be read`,
    ];
  yield* edition(values, objects);
  if (gateway !== undefined) {
    const inside = staysInside(gateway.metadata.annotations);
    if (!inside && type !== undefined)
      yield* clientAddresses('/proxy', proxy, record(values['env'])['real_ip_header'] === 'proxy_protocol');
    yield* bodies(values, gateway, target);
  }

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

const ENTERPRISE = /(?:^|\/)kong-(?:gateway|enterprise)[^/]*$/;
const OPEN = /(?:^|\/)kong$/;

/** Kong has an edition that wants a licence, and the chart asks for it or not. */
function* edition({ image, enterprise }: Data, objects: readonly Manifest[]): Iterable<Fault> {
  const { repository, tag, effectiveSemver } = record(image);
  const asked = record(enterprise).enabled === true;
  if (ENTERPRISE.test(repository) && !asked && !objects.some(({ kind }) => kind === 'KongLicense'))
    yield ['/image/repository', `is "${repository}", the edition that wants a licence, which nothing gives it`];
  if (OPEN.test(repository) && asked) yield ['/image/repository', `is "${repository}", the open edition, and /enterprise/enabled is true`];
  const version = /^(\d+(?:\.\d+)+)/.exec(String(tag))?.[1];
  if (effectiveSemver !== undefined && version !== undefined && !`${version}.`.startsWith(`${String(effectiveSemver).replace(/-.*/, '')}.`))
    yield ['/image/effectiveSemver', `is "${effectiveSemver}", and the image is ${version}: the chart would configure another version`];
}

const UNITS: Readonly<Record<string, number>> = { '': 2 ** -20, k: 2 ** -10, m: 1, g: 2 ** 10 };

/** What nginx refuses never comes to the plugin that would let it pass. */
function* bodies({ env }: Data, { metadata }: Manifest, { bodies: promised = {} }: FleetTarget): Iterable<Fault> {
  const { nginx_http_client_max_body_size: written } = record(env);
  const [, figure, unit = ''] = /^(\d+)([kmg]?)$/i.exec(String(written)) ?? [];
  const megabytes = Number(figure) * (UNITS[unit.toLowerCase()] ?? 1);
  const most = promised[`${metadata.namespace}/${metadata.name}`] ?? 0;
  if (megabytes > 0 && megabytes < most)
    yield [
      '/env/nginx_http_client_max_body_size',
      `is "${written}", and a route of Gateway/${metadata.name} lets ${most} megabytes pass: Kong would refuse them before`,
    ];
}

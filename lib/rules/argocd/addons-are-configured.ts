import type { Manifest } from '../../kubernetes/manifest';
import { staysInside } from '../../kubernetes/reached-by';
import { problemAt } from '../delivered';
import { type Data, record, records } from '../fields';
import type { FleetIndex } from '../fleet-index';
import type { FleetTarget } from '../fleet-summary';
import { identityFault } from '../identities';
import { metricOf } from '../promql/catalogue';
import { quantity } from '../quantity';
import { there } from '../references/there';
import type { FleetRule } from '../rule';
import { visitTexts } from '../texts';
import { type AddonRelease, addonReleases, isHostOf, prometheusHosts, VALUES } from './addon-releases';
import { clusterIn } from './cluster-in';

type Fault = readonly [field: string, message: string];

const WORKLOAD = 'slipway.dev/workload';

export const addonsAreConfigured: FleetRule = {
  id: 'addons-are-configured',
  title: 'The values of an addon fit the cluster that it is installed on, its other addons and what its apps ask of it.',
  why: 'A chart installs without an error even if it names another cluster, a class that nobody defines or a Prometheus that does not answer; what depends on it then waits: autoscalers, certificates, monitors, users.',
  fix: 'Derive the value from the target in lib/gitops/addons/, as the values beside it are.',
  *checkFleet(fleet) {
    const releases = addonReleases(fleet);
    const objectsOf = new Map(fleet.targets.map((target) => [target, target.apps.flatMap((app) => app.objects)]));
    for (const release of releases) {
      const target = fleet.clusters.get(release.cluster);
      if (target === undefined) continue;
      const objects = objectsOf.get(target) ?? [];
      const faults = [
        ...ofAnyChart(release, objects, target, fleet),
        ...(OF_CHART[release.chart]?.({ ...release, releases, objects, target }) ?? []),
      ];
      for (const [field, message] of faults) yield problemAt(release.delivered, `${VALUES}${field}`, message);
    }
  },
};

interface Installed extends AddonRelease {
  readonly releases: readonly AddonRelease[];

  /** What is left of the cluster's objects. */
  readonly objects: readonly Manifest[];
  readonly target: FleetTarget;
}

const namesOf = (objects: readonly Manifest[], wanted: string): readonly string[] =>
  objects.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);

/** Names of other clusters, of regions and of storage classes, and identities of the cloud, wherever they stand. */
function* ofAnyChart(
  { values, cluster }: AddonRelease,
  objects: readonly Manifest[],
  { region, cloud }: FleetTarget,
  fleet: FleetIndex,
): Iterable<Fault> {
  const classes = namesOf(objects, 'StorageClass');
  const faults = visitTexts(values, ({ value, title }) => {
    const other = value.includes(cluster) ? undefined : clusterIn(value, fleet);
    if (other !== undefined) return `${other === value ? 'is' : 'names'} "${other}", another cluster than ${cluster}`;
    if (/region$/i.test(title) && cloud?.kind === 'aws' && value !== cloud.region && AWS_REGION.test(value))
      return `is "${value}", another region than ${cloud.region}, where ${cluster} is`;
    const identity = cloud && identityFault(title, value, { name: region, cloud });
    if (identity !== undefined) return identity;
    if (/^storageClass(?:Name)?$/.test(title) && value !== '' && classes.length > 0 && !classes.includes(value))
      return `is "${value}", a StorageClass that ${cluster} does not have${there(classes)}`;
    return undefined;
  });
  for (const { field, found } of faults) yield [field, found];
}

const AWS_REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

const OF_CHART: Readonly<Record<string, (installed: Installed) => Iterable<Fault>>> = {
  kong,
  flagger,
  'cert-manager': certManager,
  'prometheus-adapter': adapter,
  'gpu-operator': gpuOperator,
};

function* kong({ values, objects, releases, cluster, namespace }: Installed): Iterable<Fault> {
  const { proxy, podLabels, ingressController } = record(values);
  const { type } = record(proxy);
  const name = String(record(podLabels)[WORKLOAD] ?? '');
  if (type !== undefined && name.endsWith('-internal') && type !== 'ClusterIP')
    yield ['/proxy/type', `is ${type}: the gateway for calls inside the cluster would be public`];
  const gateway = objects.find(({ kind, spec }) => kind === 'Gateway' && spec?.gatewayClassName === name);
  if (type !== undefined && !name.endsWith('-internal') && gateway !== undefined) yield* door(type, gateway);
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
function* door(type: unknown, { metadata }: Manifest): Iterable<Fault> {
  const inside = staysInside(metadata.annotations);
  if (type === 'ClusterIP' && !inside)
    yield ['/proxy/type', `is ClusterIP: nobody outside of the cluster reaches Gateway/${metadata.name}`];
  if (type !== 'ClusterIP' && inside) yield ['/proxy/type', `is ${type}, and Gateway/${metadata.name} is for the cluster alone`];
}

/** Over all pods of some gateways, one beside the replicas of each as a rollout adds it. */
const sum = (kongs: readonly AddonRelease[], each: (values: Data) => number): number =>
  kongs.reduce((total, { values }) => total + (Number(values['replicaCount'] ?? 1) + 1) * each(values), 0);

const cpusOf = ({ resources, ingressController }: Data): number =>
  [resources, record(ingressController).resources].reduce((total, each) => total + (quantity(record(record(each).requests).cpu) || 0), 0);

function* flagger({ values, objects }: Installed): Iterable<Fault> {
  const own = values['namespace'];
  const canaries = objects.filter(({ kind }) => kind === 'Canary').map(({ metadata }) => metadata.namespace ?? '');
  const unseen = canaries.find((namespace) => namespace !== own);
  if (own !== undefined && own !== '' && unseen !== undefined)
    yield ['/namespace', `is "${own}": Canaries in ${unseen} are never released`];
}

function* certManager({ values, objects }: Installed): Iterable<Fault> {
  const solved = objects.some(
    ({ kind, spec }) =>
      kind === 'ClusterIssuer' &&
      records(record(record(spec).acme).solvers).some(({ http01 }) => record(http01).gatewayHTTPRoute !== undefined),
  );
  const { gatewayAPI, enableGatewayAPI } = record(values['config']);
  if (solved && record(gatewayAPI).enabled !== true && enableGatewayAPI !== true)
    yield ['/config/gatewayAPI/enabled', 'is not true, though an issuer answers challenges through a Gateway: they would wait for ever'];
}

function* adapter({ values, objects, releases, cluster }: Installed): Iterable<Fault> {
  const { url, port } = record(values['prometheus']);
  const servers = prometheusHosts(releases, cluster);
  const host = /^https?:\/\/([^:/]+)/.exec(String(url))?.[1] ?? '';
  if (servers.length > 0 && !isHostOf(servers, host))
    yield [
      '/prometheus/url',
      `is ${JSON.stringify(url) ?? 'missing'}, where no Prometheus answers${there(servers.map((server) => `http://${server}.svc`))}`,
    ];
  else if (servers.length > 0 && port !== 9090)
    yield ['/prometheus/port', `is ${JSON.stringify(port) ?? 'missing'}, and Prometheus answers on 9090`];

  const rules = records(record(values['rules']).custom);
  for (const [i, { seriesQuery }] of rules.entries()) {
    const [, metric = ''] = /^([a-zA-Z_:][\w:]*)/.exec(String(seriesQuery)) ?? [];
    if (metric !== '' && metricOf(metric) === undefined)
      yield [`/rules/custom/${i}/seriesQuery`, `asks for "${metric}", which nothing exports`];
  }
  const named = rules.map(({ name }) => String(record(name).as));
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'HorizontalPodAutoscaler') continue;
    for (const { pods } of records(record(spec).metrics)) {
      const wanted = record(record(pods).metric).name;
      if (wanted === undefined || named.includes(wanted)) continue;
      yield ['/rules/custom', `name no metric "${wanted}", which HorizontalPodAutoscaler/${metadata.name} asks for${there(named)}`];
    }
  }
}

function* gpuOperator({ values, target, cluster }: Installed): Iterable<Fault> {
  const { tolerations } = record(values['daemonsets']);
  for (const { key, value, effect } of target.gpuTaints ?? []) {
    const tolerated = records(tolerations).some(
      (each) =>
        (each.key === key || each.key === undefined) &&
        (each.effect === undefined || each.effect === effect) &&
        (each.operator === 'Exists' || each.value === value),
    );
    if (tolerated) continue;
    const taint = `${key}${value === undefined ? '' : `=${value}`}:${effect}`;
    yield ['/daemonsets/tolerations', `tolerate no ${taint}, which keeps drivers and plugins off the GPU nodes of ${cluster}`];
  }
}

import type { Manifest } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { escaped, record, records } from '../fields';
import type { FleetTarget } from '../fleet-summary';
import { identityFault } from '../identities';
import { metricOf } from '../promql/catalogue';
import { there } from '../references/there';
import type { FleetRule } from '../rule';
import { visitTexts } from '../texts';
import { type AddonRelease, addonReleases, type Fault, type Installed, isHostOf, namesOf, prometheusHosts, VALUES } from './addon-releases';
import { clientAddresses } from './client-addresses';
import { clusterFinder } from './cluster-in';
import { externalDns } from './dns-release';
import { gpuOperator, onGpuNodes } from './gpu-releases';
import { kong } from './kong-release';
import { kserve } from './kserve-release';
import { prometheusStack } from './prometheus-release';
import { velero } from './velero-release';

export const addonsAreConfigured: FleetRule = {
  id: 'addons-are-configured',
  title: 'The values of an addon fit the cluster that it is installed on, its other addons and what its apps ask of it.',
  why: 'A chart installs without an error even if it names another cluster, a class that nobody defines or a Prometheus that does not answer; what depends on it then waits: autoscalers, certificates, monitors, users.',
  fix: 'Derive the value from the target in lib/gitops/addons/, as the values beside it are.',
  *checkFleet(fleet) {
    const releases = addonReleases(fleet);
    const clusterIn = clusterFinder(fleet);
    const clusters = new Map(fleet.targets.map((target) => [target, knownOf(target)]));
    for (const release of releases) {
      const target = fleet.clusters.get(release.cluster);
      if (target === undefined) continue;
      const known = clusters.get(target) ?? knownOf(target);
      const { objects } = known;
      const installed = { ...release, releases, objects, target };
      const faults = [...ofAnyChart(release, known, clusterIn), ...onGpuNodes(installed), ...(OF_CHART[release.chart]?.(installed) ?? [])];
      for (const [field, message] of faults) yield problemAt(release.delivered, `${VALUES}${field}`, message);
    }
  },
};

/** What is known of a cluster. */
interface Known extends Pick<FleetTarget, 'region' | 'cloud'> {
  readonly objects: readonly Manifest[];
  readonly classes: readonly string[];
  readonly priorities: readonly string[];
}

function knownOf({ apps, region, cloud }: FleetTarget): Known {
  const objects = apps.flatMap((app) => app.objects);
  const names = { classes: namesOf(objects, 'StorageClass'), priorities: namesOf(objects, 'PriorityClass') };
  return { objects, ...names, region, ...(cloud && { cloud }) };
}

/** Names of other clusters, of regions and of storage classes, and identities of the cloud, wherever they stand. */
function* ofAnyChart(
  { values, cluster }: AddonRelease,
  { classes, priorities, region, cloud }: Known,
  clusterIn: (text: string) => string | undefined,
): Iterable<Fault> {
  const faults = visitTexts(values, ({ value, title }) => {
    const other = value.includes(cluster) ? undefined : clusterIn(value);
    if (other !== undefined) return `${other === value ? 'is' : 'names'} "${other}", another cluster than ${cluster}`;
    if (cloud?.kind === 'aws' && value !== cloud.region && AWS_REGION.test(value) && /region$/i.test(title))
      return `is "${value}", another region than ${cloud.region}, where ${cluster} is`;
    const identity = cloud && identityFault(title, value, { name: region, cloud });
    if (identity !== undefined) return identity;
    if ((title === 'storageClass' || title === 'storageClassName') && value !== '' && classes.length > 0 && !classes.includes(value))
      return `is "${value}", a StorageClass that ${cluster} does not have${there(classes)}`;
    if (title === 'priorityClassName' && priorities.length > 0 && !priorities.includes(value) && !value.startsWith('system-'))
      return `is "${value}", a PriorityClass that ${cluster} does not have${there(priorities, value)}`;
    return undefined;
  });
  for (const { field, found } of faults) yield [field, found];
  const labels = record(values['podLabels']);
  for (const [i, { labelSelector }] of records(values['topologySpreadConstraints']).entries()) {
    for (const [label, wanted] of Object.entries(record(record(labelSelector).matchLabels))) {
      if (labels[label] === undefined || labels[label] === wanted) continue;
      const at = `/topologySpreadConstraints/${i}/labelSelector/matchLabels/${escaped(label)}`;
      yield [at, `is "${wanted}", and the pods have "${labels[label]}": nothing would be spread`];
    }
  }
}

const AWS_REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

const OF_CHART: Readonly<Record<string, (installed: Installed) => Iterable<Fault>>> = {
  kong,
  'kserve-resources': kserve,
  'external-dns': externalDns,
  flagger,
  'cert-manager': certManager,
  'prometheus-adapter': adapter,
  'gpu-operator': gpuOperator,
  'kube-prometheus-stack': prometheusStack,
  gateway: ({ values }) => clientAddresses('/service', values['service'], false),
  velero,
};

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

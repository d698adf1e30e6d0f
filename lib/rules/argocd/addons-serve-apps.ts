import type { Manifest } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { durationSeconds } from '../durations';
import { escaped, record } from '../fields';
import type { FleetIndex } from '../fleet-index';
import { ADDON_PODS } from '../known-externals';
import { there } from '../references/there';
import type { FleetProblem, FleetRule } from '../rule';
import { type AddonRelease, addonReleases, isHostOf, prometheusHosts, VALUES } from './addon-releases';
import { istioProblems } from './istio-releases';

const WORKLOAD = 'slipway.dev/workload';

export const addonsServeApps: FleetRule = {
  id: 'addons-serve-apps',
  title: 'Addons are told what apps count on: labels, classes, ports, where metrics are, and how long requests last.',
  why: 'A chart takes any value: Flagger without its metrics rolls every release back, policies and monitors miss a gateway with another label, and a class that no controller serves stays Unknown.',
  fix: 'Take the value in lib/gitops/addons/ from the constant or construct that the apps take it from, so that both change together.',
  *checkFleet(fleet) {
    const releases = addonReleases(fleet);
    for (const release of releases) {
      if (release.chart === 'flagger') yield* flaggerProblems(release, releases);
      if (release.chart === 'kong') yield* kongProblems(release, releases, fleet);
      yield* imageProblems(release);
    }
    yield* unserved(releases, fleet);
    yield* istioProblems(releases, fleet);
  },
};

function* flaggerProblems({ delivered, cluster, values }: AddonRelease, releases: readonly AddonRelease[]): Iterable<FleetProblem> {
  const { selectorLabels, metricsServer } = values;
  if (selectorLabels !== undefined && !String(selectorLabels).split(',').includes('app.kubernetes.io/name')) {
    yield problemAt(delivered, `${VALUES}/selectorLabels`, `is "${selectorLabels}", though workloads select app.kubernetes.io/name`);
  }
  const [, host = '', port = ''] = /^https?:\/\/([^:/]+):?(\d*)/.exec(String(metricsServer)) ?? [];
  const servers = prometheusHosts(releases, cluster);
  const isThere = isHostOf(servers, host) && port === '9090';
  if (metricsServer === undefined || servers.length === 0 || isThere) return;
  yield problemAt(
    delivered,
    `${VALUES}/metricsServer`,
    `is "${metricsServer}", where no Prometheus answers${there(servers.map((server) => `http://${server}:9090`))}`,
  );
}

function* kongProblems(release: AddonRelease, releases: readonly AddonRelease[], fleet: FleetIndex): Iterable<FleetProblem> {
  const { delivered, cluster, namespace, values } = release;
  const label = record(values['podLabels'])[WORKLOAD];
  const labels = ADDON_PODS.filter((pods) => pods.namespace === namespace).flatMap(({ labels: all }) => all[WORKLOAD] ?? []);
  if (label !== undefined && !labels.includes(label)) {
    yield problemAt(
      delivered,
      `${VALUES}/podLabels/${WORKLOAD.replace('/', '~1')}`,
      `is "${label}", which no policy and no monitor selects${there(labels)}`,
    );
  }
  const port = record(record(values['status'])['http'])['containerPort'];
  if (port !== undefined && port !== 8100)
    yield problemAt(delivered, `${VALUES}/status/http/containerPort`, `is ${port}, and metrics are scraped from 8100`);
  for (const [part, name] of [
    ['admin', 'enabled'],
    ['manager', 'enabled'],
  ] as const) {
    if (record(values[part])[name] === true)
      yield problemAt(delivered, `${VALUES}/${part}/${name}`, 'is true: anybody who reaches it could configure the gateway');
  }
  const controller = controllerOf(release);
  const twin = releases.find(
    (each) => each !== release && each.chart === 'kong' && each.cluster === cluster && controllerOf(each) === controller,
  );
  if (twin !== undefined && controller !== undefined) {
    const at = `${VALUES}/ingressController/env/gateway_api_controller_name`;
    yield problemAt(
      delivered,
      at,
      `is "${controller}", the same as in ${twin.delivered.application.metadata.name}: both would serve the same Gateways`,
    );
  }
  const longest = longestRequest(fleet, cluster);
  yield* drainProblems(release, longest);
  yield* idleProblems(release, longest);
}

const controllerOf = ({ values }: AddonRelease): string | undefined =>
  record(record(values['ingressController'])['env'])['gateway_api_controller_name'];

function* drainProblems({ delivered, values }: AddonRelease, longest: number): Iterable<FleetProblem> {
  const command: unknown = record(record(record(values['lifecycle'])['preStop'])['exec'])['command'];
  if (!Array.isArray(command)) return;
  const seconds = (flag: string): number =>
    Number(
      command
        .map(String)
        .find((each) => each.startsWith(`--${flag}=`))
        ?.slice(flag.length + 3) ?? 0,
    );
  const [wait, timeout] = [seconds('wait'), seconds('timeout')];
  if (timeout < longest) {
    const at = `${VALUES}/lifecycle/preStop/exec/command`;
    yield problemAt(delivered, at, `drains for ${timeout} seconds, and requests to models last up to ${longest}`);
  }
  const grace = values['terminationGracePeriodSeconds'] ?? 30;
  if (!(grace >= wait + timeout)) {
    yield problemAt(
      delivered,
      `${VALUES}/terminationGracePeriodSeconds`,
      `is ${grace}, less than the ${wait + timeout} seconds of the preStop hook`,
    );
  }
}

/** Load balancers cut connections on which nothing has passed for a while, as while a model thinks. */
function* idleProblems({ delivered, values }: AddonRelease, longest: number): Iterable<FleetProblem> {
  for (const [annotation, value] of Object.entries(record(record(values['proxy'])['annotations']))) {
    const [, seconds] = /\btcp\.idle_timeout\.seconds=(\d+)/.exec(String(value)) ?? [];
    const idle = annotation.endsWith('/azure-load-balancer-tcp-idle-timeout') ? Number(value) * 60 : Number(seconds);
    if (!(idle < longest)) continue;
    const at = `${VALUES}/proxy/annotations/${escaped(annotation)}`;
    yield problemAt(delivered, at, `lets a connection be silent for ${idle} seconds, and requests to models last up to ${longest}`);
  }
}

/** The longest request that a Canary of the cluster lets pass, seconds. */
function longestRequest({ clusters }: FleetIndex, cluster: string): number {
  const canaries = (clusters.get(cluster)?.apps ?? []).flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'Canary'));
  return Math.max(0, ...canaries.map(({ spec }) => durationSeconds(record(record(spec).service).timeout) || 0));
}

/** Images that a chart is told to run. */
function* imageProblems({ delivered, values }: AddonRelease): Iterable<FleetProblem> {
  for (const [way, tag] of tagsIn(values)) {
    if (/^[\w][\w.-]*(@sha256:[0-9a-f]{64})?$/.test(tag) && !/^(latest|main|master|stable|nightly|edge)(@|$)/.test(tag)) continue;
    yield problemAt(delivered, `${VALUES}${way}`, `is "${tag}", a tag that moves`);
  }
}

/** Tags by the fields that they stand in: beside the image's name, within it, or within its record. */
function* tagsIn(value: unknown, way = ''): Iterable<readonly [field: string, tag: string]> {
  for (const [key, inner] of Object.entries(Array.isArray(value) ? value : record(value))) {
    const beside = key === 'image' ? (typeof inner === 'string' ? record(value)['tag'] : record(inner).tag) : undefined;
    const [, within] = (key === 'image' && typeof inner === 'string' && /:([^/]+)$/.exec(inner)) || [];
    if (beside !== undefined) yield [typeof inner === 'string' ? `${way}/tag` : `${way}/image/tag`, String(beside)];
    else if (within !== undefined) yield [`${way}/image`, within];
    else if (typeof inner === 'object') yield* tagsIn(inner, `${way}/${escaped(key)}`);
  }
}

/** Classes of ours that no controller on the cluster serves. */
function* unserved(releases: readonly AddonRelease[], { targets }: FleetIndex): Iterable<FleetProblem> {
  for (const { environment, region, apps } of targets) {
    const kongs = releases.filter(({ chart, cluster }) => chart === 'kong' && cluster === `${environment}-${region}`);
    const served = kongs.flatMap((release) => controllerOf(release) ?? []);
    // Charts that say nothing of it serve the class of the chart.
    if (served.length < kongs.length || kongs.length === 0) continue;
    for (const app of apps) {
      for (const object of app.objects.filter(({ kind }: Manifest) => kind === 'GatewayClass')) {
        const { controllerName } = record(object.spec);
        if (controllerName === undefined || served.includes(controllerName)) continue;
        yield {
          app,
          object,
          field: '/spec/controllerName',
          message: `is "${controllerName}", which no addon of ${environment}-${region} serves${there(served)}`,
        };
      }
    }
  }
}

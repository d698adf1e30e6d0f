import { groupOf, type Manifest } from '../../kubernetes/manifest';
import { MESH_MEMBER } from '../../kubernetes/mesh';
import { problemAt } from '../delivered';
import { durationSeconds } from '../durations';
import { record, records } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import { ADDON_PODS } from '../known-externals';
import { there } from '../references/there';
import type { FleetProblem } from '../rule';
import { type AddonRelease, VALUES } from './addon-releases';

/** What takes the traffic of members of an ambient mesh: each of them is lost without the others. */
const AMBIENT = ['base', 'istiod', 'cni', 'ztunnel'];

/** What comes of a part that nobody told. */
const TOLD: Readonly<Record<string, string>> = {
  istiod: 'the control plane would tell its proxies nothing of members of the mesh',
  cni: 'no traffic of members would be led to the proxy of their node',
};

const LABEL = 'istio';
const WORKLOAD = 'slipway.dev/workload';

/** The profile says it, or the values that it stands for. */
const isAmbient = ({ profile, ambient, env, pilot }: AddonRelease['values']): boolean =>
  profile === 'ambient' ||
  record(ambient).enabled === true ||
  [env, record(pilot).env].some((each) => String(record(each)['PILOT_ENABLE_AMBIENT']) === 'true');

/** What the parts of Istio, and what counts on its gateway, must be told alike. */
export function* istioProblems(releases: readonly AddonRelease[], { targets }: FleetIndex): Iterable<FleetProblem> {
  yield* ambientProblems(releases);
  yield* gatewayProblems(releases, targets);
  const gateways = releases.filter(({ chart }) => chart === 'gateway');
  for (const gateway of gateways) {
    yield* ofGateway(gateway);
    for (const other of releases.filter(({ cluster }) => cluster === gateway.cluster)) yield* ofOther(other);
  }
  for (const { environment, region, apps } of targets) {
    const cluster = `${environment}-${region}`;
    if (gateways.some((release) => release.cluster === cluster)) continue;
    for (const app of apps) {
      const object = app.objects.find((each) => each.kind === 'Gateway' && groupOf(each) === 'networking.istio.io');
      if (object === undefined) continue;
      yield { app, object, field: '/spec/selector', message: `is of pods that no addon of ${cluster} runs: Istio's chart gateway would` };
    }
  }
}

/** Members of an ambient mesh are lost without any one of its parts, and each part must be told that it is ambient. */
function* ambientProblems(releases: readonly AddonRelease[]): Iterable<FleetProblem> {
  const clusters = new Map<string, AddonRelease>();
  for (const release of releases) {
    const { chart, cluster, values } = release;
    if (!clusters.has(cluster) && (chart === 'ztunnel' || (TOLD[chart] !== undefined && isAmbient(values)))) clusters.set(cluster, release);
  }
  for (const [cluster, { delivered, chart }] of clusters) {
    const beside = releases.filter((each) => each.cluster === cluster);
    const lacking = AMBIENT.filter((part) => !beside.some((each) => each.chart === part));
    if (lacking.length > 0) {
      const message = `is ${chart}, a part of an ambient mesh, and ${cluster} lacks ${lacking.join(' and ')}: no traffic of its members would pass`;
      yield problemAt(delivered, '/spec/source/chart', message);
    }
    for (const part of beside) {
      const told = TOLD[part.chart];
      if (told === undefined || isAmbient(part.values)) continue;
      yield problemAt(part.delivered, `${VALUES}/profile`, `is not ambient, and the mesh of ${cluster} is: ${told}`);
    }
  }
}

/** Kong's own pods are members where they forward to a namespace that takes encrypted calls alone. */
function* gatewayProblems(releases: readonly AddonRelease[], targets: FleetIndex['targets']): Iterable<FleetProblem> {
  for (const { environment, region, apps } of targets) {
    const all = apps.map(({ objects }) => objects);
    const isStrict = ({ kind, spec }: Manifest) => kind === 'PeerAuthentication' && record(record(spec).mtls).mode === 'STRICT';
    const strict = new Set(all.flatMap((objects) => objects.filter(isStrict).map(({ metadata }) => metadata.namespace)));
    if (strict.size === 0) continue;
    const route = all.flat().find(({ kind, metadata }) => kind === 'HTTPRoute' && strict.has(metadata.namespace));
    if (route === undefined) continue;
    for (const { chart, cluster, delivered, values } of releases) {
      const { [WORKLOAD]: name, ...labels } = record(values['podLabels']);
      if (chart !== 'kong' || cluster !== `${environment}-${region}` || String(name).endsWith('-internal')) continue;
      if (Object.entries(MESH_MEMBER).every(([label, value]) => labels[label] === value)) continue;
      const message = `make no members of the mesh of the gateway's pods: ${route.metadata.namespace} refuses what HTTPRoute/${route.metadata.name} sends there`;
      yield problemAt(delivered, `${VALUES}/podLabels`, message);
    }
  }
}

function* ofGateway({ delivered, namespace, values }: AddonRelease): Iterable<FleetProblem> {
  const known = ADDON_PODS.filter((pods) => pods.namespace === namespace).flatMap(({ labels }) => labels[LABEL] ?? []);
  const { releaseName } = record(sourcesOf(delivered.application)[0]?.['helm']);
  // What the chart makes of the release's name where no label is written.
  const label = String(record(values['labels'])[LABEL] ?? String(releaseName).replace(/^istio-/, ''));
  if (!known.includes(label)) {
    const message = `makes pods with ${LABEL}=${label} in ${namespace}, which no policy and no Gateway selects${there(known)}`;
    yield problemAt(delivered, '/spec/source/helm/releaseName', message);
  }
  for (const [i, { port, targetPort = port }] of records(record(values['service']).ports).entries()) {
    if (targetPort === 80 || targetPort === 443) continue;
    yield problemAt(delivered, `${VALUES}/service/ports/${i}/targetPort`, `is ${targetPort}, and policies let clients in on 80 and 443`);
  }
  const drain = durationSeconds(record(values['env'])['MINIMUM_DRAIN_DURATION']);
  const grace = values['terminationGracePeriodSeconds'] ?? 30;
  if (grace < drain)
    yield problemAt(delivered, `${VALUES}/terminationGracePeriodSeconds`, `is ${grace}, less than the ${drain} seconds that it drains for`);
}

/** What others on the cluster must be told where there is such a gateway. */
function* ofOther({ delivered, chart, values }: AddonRelease): Iterable<FleetProblem> {
  if (chart === 'istiod' && record(values['meshConfig'])['accessLogEncoding'] !== 'JSON')
    yield problemAt(
      delivered,
      `${VALUES}/meshConfig/accessLogEncoding`,
      "is not JSON: the gateway's requests are not logged as others are",
    );
  const { sources } = values;
  if (chart === 'external-dns' && !(Array.isArray(sources) && sources.includes('istio-gateway')))
    yield problemAt(delivered, `${VALUES}/sources`, "are without istio-gateway: hosts of Istio's gateway get no records");
}

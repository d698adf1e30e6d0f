import { groupOf } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { durationSeconds } from '../durations';
import { record, records } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import { ADDON_PODS } from '../known-externals';
import { there } from '../references/there';
import type { FleetProblem } from '../rule';
import { type AddonRelease, VALUES } from './addon-releases';

/** Charts of Istio's control plane and of its proxies, which are of one version. */
const PARTS = ['istiod', 'cni', 'ztunnel', 'gateway'];

const LABEL = 'istio';

/** What the parts of Istio, and what counts on its gateway, must be told alike. */
export function* istioProblems(releases: readonly AddonRelease[], { targets }: FleetIndex): Iterable<FleetProblem> {
  for (const release of releases.filter(({ chart }) => PARTS.includes(chart))) {
    const control = releases.find(({ chart, cluster }) => chart === 'istiod' && cluster === release.cluster);
    if (control === undefined || versionOf(control) === versionOf(release)) continue;
    const message = `is "${versionOf(release)}", and the control plane of ${release.cluster} is ${versionOf(control)}`;
    yield problemAt(release.delivered, '/spec/source/targetRevision', message);
  }
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

const versionOf = ({ delivered }: AddonRelease): string => String(sourcesOf(delivered.application)[0]?.['targetRevision']);

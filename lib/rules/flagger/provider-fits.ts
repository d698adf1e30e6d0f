import type { Release } from '../canary';
import { record, records } from '../fields';
import type { Rule } from '../rule';

/** What Flagger 1.44 takes; any other text falls through to Istio without a word. */
const PROVIDERS = new Set(
  `istio linkerd appmesh appmesh:v1beta2 contour gloo nginx skipper traefik apisix osm kuma smi:v1alpha1 smi:v1alpha2 smi:v1alpha3
  gatewayapi:v1beta1 gatewayapi:v1 knative kubernetes`.split(/\s+/),
);

type Fault = readonly [field: string, message: string];

export const providerFits: Rule = {
  id: 'provider-fits',
  title: "A Canary names its traffic provider, and asks of it only what it does: Kong's controller carries out weights, and no more.",
  why: 'Flagger takes an unknown provider for Istio. Kong refuses a route with mirroring or CORS filters, and Flagger waits for such a route without end.',
  fix: 'Use the provider gatewayapi:v1 with hosts and gatewayRefs, as AnalysedRelease of lib/delivery/analysed-release.ts does, and leave out what Kong does not do.',
  *check(target) {
    for (const release of target.releases) {
      for (const [field, message] of faults(release)) yield { object: release.canary, field, message };
    }
  },
};

function* faults({ canary, provider }: Release): Iterable<Fault> {
  const spec = record(canary.spec);
  const service = record(spec.service);
  const analysis = record(spec.analysis);
  const { gatewayRefs, hosts, mirror, corsPolicy, match } = service;
  const { iterations, stepWeight, stepWeights, sessionAffinity } = analysis;

  if (spec.provider === undefined) yield ['/spec/provider', "is missing: Flagger's default for the cluster would decide"];
  else if (!PROVIDERS.has(provider)) yield ['/spec/provider', `is "${provider}", which Flagger does not know and takes for Istio`];

  if (provider.startsWith('gatewayapi')) {
    if (records(gatewayRefs).length === 0) yield ['/spec/service/gatewayRefs', 'is missing: the route would belong to no gateway'];
    if (!Array.isArray(hosts) || hosts.length === 0)
      yield ['/spec/service/hosts', 'is missing: the route would answer to every host of the gateway'];
    if (mirror !== undefined || analysis.mirror === true) yield ['/spec/service/mirror', 'is set, which Kong refuses the route for'];
    if (corsPolicy !== undefined) yield ['/spec/service/corsPolicy', 'is set, which Kong refuses the route for'];
    if (sessionAffinity !== undefined) yield ['/spec/analysis/sessionAffinity', 'is set, which Kong does not do'];
    const query = [...records(match), ...records(analysis.match)].some(({ queryParams }) => queryParams !== undefined);
    if (query) yield ['/spec/service/match', "matches query parameters, which Kong's router does not look at"];
  } else if (provider === 'kubernetes') {
    if (iterations === undefined) yield ['/spec/analysis/iterations', 'is missing: without a gateway only iterations work'];
    for (const [name, value] of Object.entries({ stepWeight, stepWeights, match: analysis.match })) {
      if (value !== undefined) yield [`/spec/analysis/${name}`, 'is set, but nothing weighs traffic without a gateway'];
    }
  } else if (provider === 'nginx' && spec.ingressRef === undefined) {
    yield ['/spec/ingressRef', 'is missing: Flagger copies this Ingress for the canary'];
  }
}

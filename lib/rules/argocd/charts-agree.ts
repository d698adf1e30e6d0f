import { problemAt } from '../delivered';
import { record } from '../fields';
import { sourcesOf } from '../fleet-index';
import type { FleetRule } from '../rule';

/** The first version that knows what our objects use. */
const LEAST: Readonly<Record<string, { readonly version: string; readonly because: string }>> = {
  flagger: { version: '1.44.0', because: 'Canaries set backendTimeout' },
};

/** Charts that are parts of one product: each understands what others of its own version say. */
const PRODUCTS: readonly (readonly string[])[] = [
  ['istiod', 'base', 'cni', 'ztunnel', 'gateway'],
  ['kserve-resources', 'kserve-crd', 'kserve-llmisvc-resources', 'kserve-llmisvc-crd'],
];

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+][\w.+-]+)?$/;
const RING = 'slipway.dev/ring';

export const chartsAgree: FleetRule = {
  id: 'charts-agree',
  title:
    'A chart has one exact version in all regions of an environment, recent enough for our objects and that of the parts beside it, a repository one revision, and a region has one ring.',
  why: 'Regions with different controllers behave differently under the same manifests, an older controller ignores fields that it does not know, a controller drops fields that older definitions of its kinds lack, and a region with two rings is released twice.',
  fix: 'Write the version once, in lib/gitops/addons/, and let the rings come from releases/<environment>.yaml.',
  *checkFleet({ applications, clusters }) {
    const versions = new Map<string, { readonly version: string; readonly at: string }>();
    const branches = new Map<string, { readonly version: string; readonly at: string }>();
    const parts = new Map<string, { readonly version: string; readonly at: string }>();
    const rings = new Map<string, { readonly ring: unknown; readonly at: string }>();
    for (const delivered of applications) {
      const { metadata, spec } = delivered.application;
      const cluster = String(record(record(spec).destination).name);
      const environment = clusters.get(cluster)?.environment;
      for (const { chart, repoURL, targetRevision, field } of sourcesOf(delivered.application)) {
        if (chart === undefined) {
          const branch = branches.get(`${environment}/${repoURL}`);
          if (branch === undefined) branches.set(`${environment}/${repoURL}`, { version: String(targetRevision), at: metadata.name });
          else if (branch.version !== targetRevision)
            yield problemAt(
              delivered,
              `${field}/targetRevision`,
              `is ${JSON.stringify(targetRevision) ?? 'missing'}, but "${branch.version}" in Application ${branch.at}`,
            );
          continue;
        }
        const version = String(targetRevision);
        const at = `${field}/targetRevision`;
        if (!VERSION.test(version)) yield problemAt(delivered, at, `is "${version}", not an exact version of a chart`);
        const least = Object.hasOwn(LEAST, chart) ? LEAST[chart] : undefined;
        if (least !== undefined && isOlder(version, least.version)) {
          yield problemAt(delivered, at, `is "${version}", older than ${least.version}, which is the oldest that works: ${least.because}`);
        }
        const other = versions.get(`${environment}/${chart}`);
        if (other === undefined) versions.set(`${environment}/${chart}`, { version, at: metadata.name });
        else if (other.version !== version)
          yield problemAt(delivered, at, `is "${version}", but "${other.version}" in Application ${other.at}`);
        const [first] = PRODUCTS.find((each) => each.includes(chart)) ?? [];
        const part = parts.get(`${cluster}/${first}`);
        if (part === undefined) parts.set(`${cluster}/${first}`, { version, at: metadata.name });
        else if (first !== undefined && part.version !== version)
          yield problemAt(delivered, at, `is "${version}", but "${part.version}" in Application ${part.at}, a part of the same product`);
      }
      const ring = record(metadata.labels)[RING];
      const other = rings.get(cluster);
      if (ring === undefined || environment === undefined) continue;
      if (other === undefined) rings.set(cluster, { ring, at: metadata.name });
      else if (other.ring !== ring)
        yield problemAt(
          delivered,
          `/metadata/labels/${RING.replace('/', '~1')}`,
          `is "${ring}", but "${other.ring}" in Application ${other.at}`,
        );
    }
  },
};

function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => (VERSION.exec(text)?.slice(1, 4) ?? []).map(Number));
  if (one === undefined || other === undefined || one.length === 0) return false;
  for (const [i, number] of other.entries()) {
    const own = one[i] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}

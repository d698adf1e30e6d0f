import type { Fault, Installed } from './addon-releases';

const LABEL = 'slipway.dev/dns=published';
const ROUTES = 'gateway-httproute';

/** Whether external-dns reads the routes whose hosts a cluster publishes, may write their records, and knows its own. */
export function* externalDns({ values, target, releases, cluster }: Installed): Iterable<Fault> {
  const published = target.published ?? [];
  if (published.length === 0) return;
  const { sources, labelFilter, domainFilters, txtOwnerId } = values;
  if (Array.isArray(sources) && !sources.includes(ROUTES)) yield ['/sources', `are without ${ROUTES}: hosts of ${cluster} get no records`];
  if (labelFilter !== undefined && labelFilter !== LABEL)
    yield ['/labelFilter', `is "${labelFilter}", and routes whose hosts are published have ${LABEL}: none would be read`];
  const zones = Array.isArray(domainFilters) ? domainFilters.map(String) : [];
  const lost = published.find((host) => !zones.some((zone) => host === zone || host.endsWith(`.${zone.replace(/^\./, '')}`)));
  if (zones.length > 0 && lost !== undefined) yield ['/domainFilters', `leave out ${lost}, which a route of ${cluster} publishes`];
  const twin = releases.find(
    (each) => each.chart === 'external-dns' && each.cluster !== cluster && each.values['txtOwnerId'] === txtOwnerId,
  );
  if (twin !== undefined)
    yield [
      '/txtOwnerId',
      `is ${JSON.stringify(txtOwnerId) ?? 'missing'}, as on ${twin.cluster}: each would take the other's records for its own`,
    ];
}

import type { Cloud } from '../../regions/region';
import { PUBLISHED_IN_DNS } from '../../routing/dns';
import { workloadIdentity } from '../../security/workload-identity';
import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

/** Properties for `externalDns`. */
export interface ExternalDnsProps {
  /** Host that several regions answer to. */
  readonly host: string;

  /** Hosts of this region's apps. */
  readonly appHosts: readonly string[];

  /** Cluster that owns the records it writes. */
  readonly cluster: string;

  readonly cloud: Cloud;

  /** Whether some of the hosts lead to Istio's gateway. */
  readonly throughIstio: boolean;
}

/**
 * Publishes the region's address under the host that all regions share, and under those of its apps.
 *
 * @throws {RangeError} if the cloud's DNS cannot hold one record per region for the same host
 */
export function externalDns({ host, appHosts, cluster, cloud, throughIstio }: ExternalDnsProps): Addon {
  if (cloud.kind !== 'aws') {
    throw new RangeError(
      `Cannot publish "${host}" from "${cluster}" as only Route 53 holds records of several regions for one host: leave out globalHost`,
    );
  }
  return {
    name: 'external-dns',
    namespace: 'external-dns',
    source: {
      kind: 'chart',
      repository: 'https://kubernetes-sigs.github.io/external-dns',
      chart: 'external-dns',
      version: '1.21.1',
      release: 'external-dns',
      values: {
        provider: { name: 'aws' },
        env: [{ name: 'AWS_DEFAULT_REGION', value: cloud.region }],
        // A role of each region: whoever takes a region out takes it from that one alone.
        serviceAccount: { annotations: workloadIdentity(cloud, `${cluster}-external-dns`).annotations },
        // Routes say which host, which region and by what the nearest region is chosen; of Istio's gateways, they themselves do.
        sources: ['gateway-httproute', ...(throughIstio ? ['istio-gateway'] : [])],
        labelFilter: Object.entries(PUBLISHED_IN_DNS)
          .map((label) => label.join('='))
          .join(','),
        // A host whose last region stops answering keeps its records: no answer is worse than a late one.
        policy: 'upsert-only',
        // Each region touches what it wrote itself, and nothing else in the zone.
        txtOwnerId: cluster,
        // Notes of ownership stand below their host: beside it, they would be outside of a zone that begins there.
        txtPrefix: '%{record_type}-owner.',
        domainFilters: [host, ...appHosts],
        // Hosts may be names within a zone; without it, only a zone of exactly that name is looked at.
        extraArgs: ['--aws-zone-match-parent'],
        serviceMonitor: { enabled: true },
      },
    },
    installs: { kinds: [...controllerKinds, SERVICE_MONITOR], clusterKinds: controllerRights, definitions: [] },
  };
}

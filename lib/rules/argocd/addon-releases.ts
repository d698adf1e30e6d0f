import type { Delivered } from '../delivered';
import { record } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';

/** A release of a chart on one cluster. */
export interface AddonRelease {
  readonly delivered: Delivered;
  readonly chart: string;
  readonly cluster: string;
  readonly namespace: string;
  // biome-ignore lint/suspicious/noExplicitAny: values are the chart's business
  readonly values: Readonly<Record<string, any>>;
}

/** Where values stand in an Application. */
export const VALUES = '/spec/source/helm/valuesObject';

/** Every chart that is installed anywhere. */
export function addonReleases({ applications }: FleetIndex): readonly AddonRelease[] {
  return applications.flatMap((delivered) => {
    const { name: cluster, namespace } = record(record(delivered.application.spec).destination);
    return sourcesOf(delivered.application)
      .filter(({ chart }) => chart !== undefined)
      .map(({ chart, helm }) => ({
        ...{ delivered, chart: String(chart), cluster: String(cluster), namespace: String(namespace) },
        values: record(record(helm).valuesObject),
      }));
  });
}

/** Hosts under which the Prometheus of a cluster is reached, without the cluster's domain. */
export const prometheusHosts = (releases: readonly AddonRelease[], cluster: string): readonly string[] =>
  releases
    .filter((each) => each.cluster === cluster && each.chart === 'kube-prometheus-stack')
    .map(({ namespace }) => `prometheus-operated.${namespace}`);

/** Whether a host is one of those, with the cluster's domain or without. */
export const isHostOf = (servers: readonly string[], host: string): boolean =>
  servers.some((server) => [server, `${server}.svc`, `${server}.svc.cluster.local`].includes(host.replace(/\.$/, '')));

import type { Manifest } from '../../kubernetes/manifest';
import type { Delivered } from '../delivered';
import { record } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import type { FleetTarget } from '../fleet-summary';

/** A release of a chart on one cluster. */
export interface AddonRelease {
  readonly delivered: Delivered;
  readonly chart: string;
  readonly cluster: string;
  readonly namespace: string;
  // biome-ignore lint/suspicious/noExplicitAny: values are the chart's business
  readonly values: Readonly<Record<string, any>>;

  /** Whether the folder of definitions in the chart is left out. */
  readonly skipsDefinitions: boolean;
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
        skipsDefinitions: record(helm).skipCrds === true,
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

/** What is wrong with a value of a chart. */
export type Fault = readonly [field: string, message: string];

/** A release with what else is on its cluster. */
export interface Installed extends AddonRelease {
  readonly releases: readonly AddonRelease[];

  /** What is left of the cluster's objects. */
  readonly objects: readonly Manifest[];
  readonly target: FleetTarget;
}

/** Names of the objects of a kind. */
export const namesOf = (objects: readonly Manifest[], wanted: string): readonly string[] =>
  objects.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);

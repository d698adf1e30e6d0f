import type { Chart } from 'cdk8s';

import {
  AppProject as ArgoAppProject,
  type AppProjectSpecClusterResourceWhitelist as ClusterKind,
  type AppProjectSpecDestinations as Destination,
} from '../../imports/argoproj.io';
import { RESOURCES_FINALIZER } from './application';
import type { DeliverySettings } from './delivery-settings';
import { type GroupKind, splitGroupKind } from './group-kind';
import { withGrown } from './grown-kinds';
import { projects as wave } from './hub-wave';
import { syncWindow } from './sync-window';

/** Properties for `defineAppProject`. */
export interface AppProjectProps {
  readonly name: string;
  readonly description: string;
  readonly settings: DeliverySettings;
  readonly sourceRepos: Iterable<string>;

  /** Where it may deploy: a cluster by its name, and a namespace of it. */
  readonly destinations: readonly { readonly cluster: string; readonly namespace: string }[];

  /** Kinds that it may deploy into a namespace; what grows out of them is added. */
  readonly kinds: Iterable<GroupKind>;

  /** Kinds that it may deploy outside of every namespace, each under a name, in which `*` stands for anything. */
  readonly clusterKinds: readonly { readonly kind: GroupKind; readonly name?: string }[];

  /** Whether Argo CD shows what nobody manages in the namespaces of its Applications. It never warns: controllers leave objects behind. */
  readonly orphans: 'shown' | 'hidden';
}

/** What the Applications of one class of one environment may do: what was synthesized, and nothing else. */
export function defineAppProject(chart: Chart, props: AppProjectProps): void {
  const { name, description, settings, sourceRepos, destinations, kinds, clusterKinds, orphans } = props;

  new ArgoAppProject(chart, `app-project-${name}`, {
    metadata: {
      name,
      annotations: { ...wave, ...subscriptions(settings) },
      // The project outlives its Applications: without it, none of them could be deleted.
      finalizers: [RESOURCES_FINALIZER],
    },
    spec: {
      description,
      sourceRepos: [...new Set(sourceRepos)].sort(),
      // By name, never beside a server: Argo CD grants what matches either of the two.
      destinations: unique(destinations.map(({ cluster, namespace }): Destination => ({ name: cluster, namespace }))),
      namespaceResourceWhitelist: withGrown(kinds).map(splitGroupKind),
      clusterResourceWhitelist: unique(clusterKinds.map(({ kind, ...named }): ClusterKind => ({ ...splitGroupKind(kind), ...named }))),
      ...(orphans === 'shown' ? { orphanedResources: { warn: false } } : {}),
      ...(settings.freeze === undefined ? {} : { syncWindows: [syncWindow(settings.freeze)] }),
    },
  });
}

/** Who hears of the project's Applications. */
function subscriptions({ channel }: DeliverySettings): Record<string, string> {
  if (channel === undefined) return {};
  const triggers = ['on-deployed', 'on-health-degraded', 'on-sync-failed'];
  return Object.fromEntries(triggers.map((trigger) => [`notifications.argoproj.io/subscribe.${trigger}.slack`, channel]));
}

/** Each entry once, in an order that no synthesis changes. */
function unique<T>(entries: readonly T[]): T[] {
  const byText = new Map(entries.map((entry) => [Object.values(entry as object).join(' '), entry]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as T);
}

import { describe, type Manifest } from '../kubernetes/manifest';
import { primary } from './canary';
import { record, records } from './fields';
import { ADDON_PODS } from './known-externals';
import type { TargetIndex } from './target-index';
import type { Workload } from './workload';

/** Pods with the same labels. A workload that a Canary releases has two such sets. */
export interface Pods {
  /** Whose pods they are, as messages say it. */
  readonly of: string;

  /** The object they come from; undefined for an addon's. */
  readonly object: Manifest | undefined;

  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;

  /** Ports of their containers; undefined where nobody can tell. */
  readonly ports: readonly ContainerPort[] | undefined;

  /** Ports on which they tell figures; undefined where nobody can tell. */
  readonly metrics?: readonly number[];

  /** `primary` serves users, `canary` exists during an analysis. */
  readonly phase: 'only' | 'canary' | 'primary';
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

/** What CloudNativePG's instances declare. */
const POSTGRES_PORTS: readonly ContainerPort[] = [
  { name: 'postgresql', containerPort: 5432 },
  { name: 'metrics', containerPort: 9187 },
  { name: 'status', containerPort: 8000 },
];

const PROMETHEUS = 'Prometheus.monitoring.coreos.com';

/** What the Prometheus Operator runs: the label of its pods, and where they answer. */
export const OPERATED = [
  { of: PROMETHEUS, name: 'prometheus', ports: [{ name: 'web', containerPort: 9090 }] },
  {
    of: 'Alertmanager.monitoring.coreos.com',
    name: 'alertmanager',
    ports: [
      { name: 'web', containerPort: 9093 },
      { name: 'mesh-tcp', containerPort: 9094 },
    ],
  },
] as const;

/** Every set of pods that a selector can mean, by namespace. */
export function podsOf(target: TargetIndex): ReadonlyMap<string, readonly Pods[]> {
  const found = new Map<string, Pods[]>();
  const add = (pods: Pods): void => {
    const others = found.get(pods.namespace);
    if (others === undefined) found.set(pods.namespace, [pods]);
    else others.push(pods);
  };

  const released = new Map(target.releases.map((release) => [release.workload, release]));
  for (const workload of target.workloads) {
    const { object, namespace, labels } = workload;
    const release = released.get(workload);
    const pods = { of: describe(object), object, namespace, labels, ports: portsOf(workload), phase: 'only' } as const;
    if (release === undefined) {
      add(pods);
    } else {
      add({ ...pods, phase: 'canary' });
      add({ ...pods, labels: { ...labels, [release.label]: primary(labels[release.label] ?? '') }, phase: 'primary' });
    }
  }
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    const labels = { ...object.spec?.inheritedMetadata?.labels, 'cnpg.io/cluster': object.metadata.name, 'cnpg.io/podRole': 'instance' };
    add({ of: describe(object), object, namespace: object.metadata.namespace ?? '', labels, ports: POSTGRES_PORTS, phase: 'only' });
  }
  for (const object of target.all(MODEL)) {
    const { labels, ports } = modelPods(object, target);
    add({ of: describe(object), object, namespace: object.metadata.namespace ?? '', labels, ports, phase: 'only' });
  }
  for (const { of, name, ports } of OPERATED) {
    for (const object of target.all(of)) {
      const labels = { ...object.spec?.podMetadata?.labels, 'app.kubernetes.io/name': name };
      add({ of: describe(object), object, namespace: object.metadata.namespace ?? '', labels, ports, phase: 'only' });
    }
  }
  // Prometheus is named by policies of what serves metrics, also where nobody reads them.
  const watched = target.all(PROMETHEUS).length > 0;
  for (const pods of ADDON_PODS) if (!watched || pods.labels['app.kubernetes.io/name'] !== 'prometheus') add(pods);
  return found;
}

/** What the proxy that Knative puts into each pod declares: requests, and figures of its autoscaler. */
const QUEUE_PORTS: readonly ContainerPort[] = [{ containerPort: 8012 }, { containerPort: 9090 }];

const MODEL = 'InferenceService.serving.kserve.io';

/** What KServe puts on a model's pods, and what the server that it asks for declares. */
function modelPods({ metadata, spec }: Manifest, target: TargetIndex): Pick<Pods, 'labels' | 'ports'> {
  const { labels, model } = record(spec?.predictor);
  const runtime = target.find('ServingRuntime.serving.kserve.io', metadata.namespace ?? '', String(record(model).runtime));
  const ports = runtime === undefined ? undefined : records(runtime.spec?.containers).flatMap((container) => records(container.ports));
  const proxy = metadata.annotations?.['serving.kserve.io/deploymentMode'] === 'Knative' ? QUEUE_PORTS : [];
  return {
    labels: { ...record(labels), 'serving.kserve.io/inferenceservice': metadata.name },
    ports: ports === undefined ? undefined : ([...ports, ...proxy] as Pods['ports']),
  };
}

/** Ports that a workload's containers declare, sidecars included. */
export function portsOf({ containers }: Workload): readonly ContainerPort[] {
  return containers.flatMap(({ spec, init }) => (init && spec.restartPolicy !== 'Always' ? [] : records(spec.ports)));
}

import { describe, type Manifest } from '../../kubernetes/manifest';
import type { Release } from '../canary';
import { type Data, record } from '../fields';
import { key } from '../object-key';
import { scalers } from '../scalers';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';
import { type Amounts, podSize } from './pod-size';

/** The pods of one workload at the moment when most of them run: scaled out, in the middle of a release. */
export interface Demand {
  readonly object: Manifest;

  /** The object that decides on the number, and its field. */
  readonly decidedBy: Manifest;
  readonly field: string;

  readonly namespace: string;
  readonly name: string;
  readonly pods: number;

  /** How the number comes about: `12 primary + 2 canary`. */
  readonly because: string;

  /** What one pod requests, and what it is limited to. */
  readonly requests: Amounts;
  readonly limits: Amounts;

  /** The pods' spec, where it is known. */
  readonly pod: Data;
  readonly podField: string;
}

/** The fewest and the most pods that a workload is kept at. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly decidedBy: Manifest;
  readonly field: string;
}

/** Kinds whose pods an operator starts: the field that counts them, and the one that says where they run. */
const OPERATED = [
  { kind: 'Cluster.postgresql.cnpg.io', count: 'instances', placement: 'affinity', pods: 'instances' },
  { kind: 'Prometheus.monitoring.coreos.com', count: 'replicas', placement: undefined, pods: 'servers' },
  { kind: 'Alertmanager.monitoring.coreos.com', count: 'replicas', placement: undefined, pods: 'servers' },
] as const;

/** What every workload and database of a target needs at its busiest. */
export function demandsOf(target: TargetIndex): readonly Demand[] {
  const released = new Map(target.releases.map((release) => [release.workload, release]));
  const found: Demand[] = [];
  for (const workload of target.workloads) {
    // As many as nodes, whose share they are: no quota or pool is planned for them.
    if (workload.object.kind === 'DaemonSet') continue;
    const { object, namespace, pod, field: podField } = workload;
    const size = { requests: podSize(pod), limits: podSize(pod, 'limits') };
    const count = countOf(workload, released.get(workload), target.scales);
    found.push({ object, namespace, name: describe(object), pod, podField, ...size, ...count });
  }
  for (const operated of OPERATED) found.push(...target.all(operated.kind).map((object) => operatedDemand(object, operated)));
  found.push(...target.all('InferenceService.serving.kserve.io').map(modelDemand));
  return found;
}

/** The pods that an operator keeps. */
function operatedDemand(object: Manifest, { count, placement, pods: called }: (typeof OPERATED)[number]): Demand {
  const pods = Number(object.spec?.[count] ?? 1);
  const placed = record(placement === undefined ? object.spec : object.spec?.[placement]);
  const pod = { ...placed, initContainers: [], containers: [{ resources: object.spec?.resources }] };
  return {
    ...{ object, decidedBy: object, field: `/spec/${count}`, pod, podField: placement === undefined ? '/spec' : `/spec/${placement}` },
    ...{ namespace: object.metadata.namespace ?? '', name: describe(object) },
    ...{ pods, because: `${pods} ${called}` },
    ...{ requests: podSize(pod), limits: podSize(pod, 'limits') },
  };
}

/** What KServe starts before a model, to fetch it: the most of both counts. */
const FETCH = { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '1', memory: '1Gi' } };

/** A model's pods, one more while it is replaced. */
function modelDemand(object: Manifest): Demand {
  const predictor = record(object.spec?.predictor);
  const most = Number(predictor.maxReplicas ?? 1);
  const { resources } = record(predictor.model);
  const pod = { ...predictor, initContainers: [{ name: 'storage-initializer', resources: FETCH }], containers: [{ resources }] };
  return {
    ...{ object, decidedBy: object, field: '/spec/predictor/maxReplicas', pod, podField: '/spec/predictor' },
    ...{ namespace: object.metadata.namespace ?? '', name: describe(object) },
    ...{ pods: most + 1, because: `${most} at most + 1 during a rollout` },
    ...{ requests: podSize(pod), limits: podSize(pod, 'limits') },
  };
}

/** How many pods autoscalers and workloads keep, by `Deployment.apps/namespace/name`. */
export function scalesOf(target: TargetIndex): ReadonlyMap<string, Scale> {
  const scales = new Map<string, Scale>();
  for (const { object, namespace } of target.workloads) {
    if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') continue;
    const replicas = Number(object.spec?.replicas ?? 1);
    scales.set(key(`${object.kind}.apps`, namespace, object.metadata.name), {
      min: replicas,
      max: replicas,
      decidedBy: object,
      field: '/spec/replicas',
    });
  }
  for (const { object, kind, namespace, name } of scalers(target)) {
    if (object.kind === 'VerticalPodAutoscaler') continue;
    const { minReplicas = 1, minReplicaCount = minReplicas, maxReplicas, maxReplicaCount = maxReplicas } = record(object.spec);
    const field = object.kind === 'ScaledObject' ? '/spec/maxReplicaCount' : '/spec/maxReplicas';
    scales.set(key(kind, namespace, name), { min: minReplicaCount, max: maxReplicaCount ?? 1, decidedBy: object, field });
  }
  return scales;
}

/** What Flagger keeps of a release's primary: what its Canary says, or what the autoscaler of the Deployment says. */
export function primaryScale({ canary }: Release, own: Scale): Scale {
  const { minReplicas = own.min, maxReplicas = own.max } = record(canary.spec?.autoscalerRef?.primaryScalerReplicas);
  const field = '/spec/autoscalerRef/primaryScalerReplicas/maxReplicas';
  return { min: minReplicas, max: maxReplicas, decidedBy: canary, field };
}

type Count = Pick<Demand, 'pods' | 'because' | 'decidedBy' | 'field'>;

function countOf(workload: Workload, release: Release | undefined, scales: ReadonlyMap<string, Scale>): Count {
  const { object, namespace } = workload;
  const scale = scales.get(key(`${object.kind}.apps`, namespace, object.metadata.name));
  if (scale === undefined) {
    const job = record(object.kind === 'CronJob' ? object.spec?.jobTemplate?.spec : object.spec);
    const pods = Number(job.parallelism ?? 1);
    return { pods, because: `${pods} at a time`, decidedBy: object, field: '/spec/parallelism' };
  }
  const own = scale.max;
  if (release === undefined) {
    const surge = surgeOf(object, own);
    const because = surge === 0 ? `${own} at most` : `${own} at most + ${surge} during a rollout`;
    return { pods: own + surge, because, decidedBy: scale.decidedBy, field: scale.field };
  }
  const primary = primaryScale(release, scale);
  const surge = surgeOf(object, primary.max);
  const because = `${primary.max} primary + ${own} canary${surge === 0 ? '' : ` + ${surge} while the primary rolls`}`;
  return { pods: primary.max + own + surge, because, decidedBy: primary.decidedBy, field: primary.field };
}

/** Pods beyond the wanted number during a rollout; Kubernetes rounds a share up, and takes a quarter when nothing is written. */
export function surgeOf({ kind, spec }: Manifest, replicas: number): number {
  if (kind !== 'Deployment' || spec?.strategy?.type === 'Recreate') return 0;
  const surge = spec?.strategy?.rollingUpdate?.maxSurge ?? '25%';
  return typeof surge === 'number' ? surge : Math.ceil((Number.parseInt(String(surge), 10) / 100) * replicas) || 0;
}

import type { Target } from '../environments/environment';
import type { NamespaceQuota } from '../foundation/foundation-settings';
import { type OwnNamespace, ownNamespaces } from '../kubernetes/namespaces';
import { weighedServers } from '../llm/llm-settings';
import { anyOf } from '../releases/problem';
import { dataPlanes } from '../routing/kong';
import type { Mistake } from './plain-values';

/** The environment whose data nobody can make again, and those whose data anybody can. */
const KEPT = 'prod';
const NOT_KEPT: readonly string[] = ['init', 'dev', 'staging'];

/** Namespaces that every target has: the way in, the LLM gateway, and where whoever watches is let through from. */
const EVERYWHERE: readonly OwnNamespace[] = ['edge', 'litellm', 'monitoring'];

/** Namespaces with pods that may have accelerators. */
const ACCELERATED: readonly OwnNamespace[] = ['llm', 'ml'];

/** What a setting of a target needs of another one. */
export function* needs(target: Target): Generator<Mistake> {
  yield* ofNamespaces(target);
  yield* ofGateways(target);
  yield* ofBackups(target);
  const { environment, mesh, ml, delivery } = target;
  if (mesh !== undefined && ml === undefined)
    yield { path: ['mesh'], mistake: 'models of ml are its only members, and the target runs none: take it out, or give the target ml' };
  if (environment === KEPT && delivery.removal !== 'by-hand')
    yield { path: ['delivery', 'removal'], mistake: 'what is lost in Git would be deleted in production: use "by-hand"' };
}

/** Whether a target runs the app of a namespace. */
const runs = (target: Target, name: OwnNamespace): boolean =>
  EVERYWHERE.includes(name) || target[name as Exclude<OwnNamespace, 'edge'>] !== undefined;

function* ofNamespaces(target: Target): Generator<Mistake> {
  const { llm, foundation } = target;
  for (const name of ownNamespaces) {
    const quota = foundation.quotas[name];
    const path = ['foundation', 'quotas', name];
    if (runs(target, name) && quota === undefined) {
      const why = EVERYWHERE.includes(name) ? 'every target has' : `${name} of the target runs in`;
      yield { path, mistake: `the namespace that ${why} is made with its quota: write cpus, memoryGiB and pods` };
    } else if (!runs(target, name) && quota !== undefined) {
      yield { path, mistake: `nothing runs in its namespace: take it out, or give the target ${name}` };
    } else if (quota !== undefined) yield* ofQuota(target, name, quota);
  }
  if (llm?.engine === 'vllm' && foundation.quotas.llm?.gpus === undefined && foundation.quotas.llm !== undefined)
    yield {
      path: ['foundation', 'quotas', 'llm', 'gpus'],
      mistake: 'its engines run on GPUs, and without it may have none: write how many',
    };
}

/** Pods that a kubelet runs at most, whatever the cloud. */
const PODS_PER_NODE = 250;

function* ofQuota({ region }: Target, name: OwnNamespace, quota: NamespaceQuota): Generator<Mistake> {
  const { cpuPool, systemPool, modelPool, gpuPool } = region;
  const path = ['foundation', 'quotas', name];
  if ((quota.gpus ?? 0) > 0 && !ACCELERATED.includes(name))
    yield { path: [...path, 'gpus'], mistake: `pods of ${anyOf(ACCELERATED)} alone have GPUs: take it out` };
  const pools = [cpuPool, systemPool, ...[modelPool, gpuPool].filter((pool) => pool !== undefined)];
  const sum = (of: (pool: (typeof pools)[number]) => number): number => pools.reduce((total, pool) => total + pool.maxNodes * of(pool), 0);
  const offers = {
    cpus: sum(({ cpus }) => cpus),
    memoryGiB: sum(({ memoryGiB }) => memoryGiB),
    pods: sum(() => PODS_PER_NODE),
    ...(gpuPool === undefined ? {} : { gpus: gpuPool.maxNodes * gpuPool.gpusPerNode }),
  };
  for (const [resource, offer] of Object.entries(offers) as [keyof NamespaceQuota, number][]) {
    if ((quota[resource] ?? 0) <= offer) continue;
    yield { path: [...path, resource], mistake: `all nodes of the region have ${offer} together: lower it, or enlarge a pool` };
  }
}

/** The gateways, one pod more of each while they are replaced. */
function* ofGateways({ edge, llm, foundation }: Target): Generator<Mistake> {
  const planes = dataPlanes(weighedServers(llm)).length;
  const pods = planes * (edge.replicas + 1);
  const allowed = foundation.quotas.edge?.pods;
  if (allowed === undefined || pods <= allowed) return;
  const gateways = planes === 1 ? 'the gateway is' : `${planes} gateways are`;
  yield {
    path: ['edge', 'replicas'],
    mistake: `${gateways} ${pods} pods while they are replaced, and foundation.quotas.edge.pods is ${allowed}: lower it, or raise the quota`,
  };
}

/** Settings by which an app keeps what nobody can make again. Models are fetched again; metrics, logs and traces are of no use after a loss. */
const KEEPING = ['database', 'cache', 'filesGiB', 'workspacesGiB', 'authDataGiB'];

/** Whether an app of the target keeps data of users: a database, a cache, files, or models that were put into the cluster. */
function keepsData(target: Target, name: OwnNamespace): boolean {
  if (name === 'ml' && target.ml?.storage.kind === 'minio') return true;
  const settings = (target as Partial<Record<OwnNamespace, object>>)[name];
  return settings !== undefined && KEEPING.some((setting) => Reflect.get(settings, setting) !== undefined);
}

function* ofBackups(target: Target): Generator<Mistake> {
  const { environment, backup } = target;
  const kept = ownNamespaces.filter((name) => keepsData(target, name));
  if (backup === undefined) {
    if (environment === KEPT)
      yield { path: ['backup'], mistake: `nobody can make the data of ${anyOf(kept)} in production again: write it` };
    return;
  }
  if (NOT_KEPT.includes(environment)) {
    yield { path: ['backup'], mistake: `data of ${environment} is kept nowhere: take it out` };
    return;
  }
  for (const [index, name] of backup.namespaces.entries()) {
    const path = ['backup', 'namespaces', index];
    if (!runs(target, name)) yield { path, mistake: `the target runs no ${name}, so that there is nothing to keep: take it out` };
    // Whether models leave anything depends on how they are reached, so that their namespace may be kept in any case.
    else if (!kept.includes(name) && name !== 'ml')
      yield { path, mistake: `${name} holds nothing that could not be had again: use ${anyOf(kept)}` };
  }
  const missing = kept.filter((name) => !backup.namespaces.includes(name));
  if (environment === KEPT && missing.length > 0)
    yield {
      path: ['backup', 'namespaces'],
      mistake: `data of ${missing.join(' and ')} would be kept nowhere: add ${missing.join(' and ')}`,
    };
}

import type { Target } from '../environments/environment';
import { quote } from '../messages/quote';
import { shapeOf } from '../regions/machines';
import { foreignPlace, isOutsideEu, placeOf } from '../regions/places';
import type { NodePool, Region } from '../regions/region';
import { balancerMistakes } from './balancers';
import type { Mistake } from './plain-values';
import { cloudMistake, platformMistakes } from './platforms';

const POOLS = ['cpuPool', 'systemPool', 'modelPool', 'gpuPool'] as const;

/** What the facts of a region need of each other. In the wrong cloud or place, everything else would be wrong as well. */
export function* regionMistakes(target: Target): Generator<Mistake> {
  const { region } = target;
  const elsewhere = cloudMistake(region) ?? nameMistake(region);
  if (elsewhere !== undefined) {
    yield elsewhere;
    return;
  }
  yield* platformMistakes(region);
  yield* ofPlace(region);
  yield* ofPools(region);
  yield* ofStores(region);
  yield* ofIdentities(region);
  yield* balancerMistakes(region);
  yield* ofOtherPlaces(target);
}

/** A region that is called like a place of its cloud is there. */
function nameMistake({ name, cloud }: Region): Mistake | undefined {
  if (cloud.kind !== 'aws' || name === cloud.region || !/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(name)) return undefined;
  return { path: ['region', 'cloud', 'region'], mistake: `the region is called ${name}: correct one of them` };
}

/** Where the region is, by the names that its cloud gives to places. */
function* ofPlace(region: Region): Generator<Mistake> {
  const { cloud, zones, jurisdiction } = region;
  const place = placeOf(region);
  if (place === undefined || cloud.kind === 'none') return;
  const [pattern, example] = ZONES[cloud.kind];
  const strays = zones.filter((zone) => !zone.startsWith(place) || !pattern.test(zone.slice(place.length)));
  if (strays.length > 0) {
    const mistake = `its nodes are in ${place}, whose zones are called "${place}${example}", and not ${strays.map(quote).join(', ')}: correct them`;
    yield { path: ['region', 'zones'], mistake };
  }
  if (jurisdiction === 'eu' && isOutsideEu(cloud.kind, place)) {
    const mistake = `${place} is not in the EU, and data of users would be kept there: correct it, or the place`;
    yield { path: ['region', 'jurisdiction'], mistake };
  }
}

/** How a zone's name goes on after its place, and an example of it. */
const ZONES = {
  aws: [/^(?:[a-z]|-[a-z0-9-]+)$/, 'a'],
  azure: [/^-[1-9]$/, '-1'],
  gcp: [/^-[a-z]$/, '-a'],
} as const;

function* ofPools(region: Region): Generator<Mistake> {
  const { cloud, cpuPool, systemPool, gpuPool } = region;
  for (const name of POOLS) {
    const pool = region[name];
    if (pool === undefined) continue;
    const path = ['region', name];
    const { instanceType, cpus, memoryGiB } = pool;
    const shape = shapeOf(cloud.kind, instanceType);
    if (shape === 'foreign') {
      yield { path: [...path, 'instanceType'], mistake: `no machine of ${cloud.kind} is called so: correct it` };
      continue;
    }
    if (shape?.cpus !== undefined && shape.cpus !== cpus)
      yield { path: [...path, 'cpus'], mistake: `a ${instanceType} has ${shape.cpus}: correct one of them` };
    if (memoryGiB < cpus * LEAST_GIB_PER_CPU || memoryGiB > cpus * MOST_GIB_PER_CPU)
      yield { path: [...path, 'memoryGiB'], mistake: `no machine has ${memoryGiB} GiB with ${cpus} processors: write GiB, not MiB` };
    if (name !== 'gpuPool' || gpuPool === undefined) continue;
    if (shape?.gpu !== undefined && shape.gpu !== gpuPool.gpu)
      yield { path: [...path, 'gpu'], mistake: `a ${instanceType} has ${shape.gpu}: correct one of them` };
    else if (shape?.gpus !== undefined && shape.gpus !== gpuPool.gpusPerNode)
      yield { path: [...path, 'gpusPerNode'], mistake: `a ${instanceType} has ${shape.gpus}: correct one of them` };
  }
  if (gpuPool !== undefined && gpuPool.taints.length === 0)
    yield { path: ['region', 'gpuPool', 'taints'], mistake: 'pods without GPUs would fill its nodes: give them a taint' };
  if (cpuPool.taints.length > 0 && systemPool.taints.length > 0)
    yield { path: ['region', 'systemPool', 'taints'], mistake: 'controllers that tolerate nothing have no node: leave one pool without' };
  yield* confused(region);
}

/** From small burstable machines to those for large databases. */
const LEAST_GIB_PER_CPU = 0.5;
const MOST_GIB_PER_CPU = 64;

/** Pools of different machines whose labels do not tell them apart: pods for one would run on the other. */
function* confused(region: Region): Generator<Mistake> {
  for (const name of POOLS) {
    for (const other of POOLS) {
      const [pool, second] = [region[name], region[other]];
      if (pool === undefined || second === undefined || name === other || pool.instanceType === second.instanceType) continue;
      if (!carries(second, pool.labels)) continue;
      yield { path: ['region', name, 'labels'], mistake: `nodes of ${other} carry them as well, and its pods would run there: add one` };
      return;
    }
  }
}

const carries = ({ labels }: NodePool, wanted: NodePool['labels']): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label] === value);

/** What keeps backups in a cloud. */
const BACKUPS: Partial<Record<Region['cloud']['kind'], NonNullable<Region['backupStore']>['kind']>> = { aws: 's3', azure: 'azure-blob' };

/** Ids of Azure that were copied into the wrong place. */
function* ofIdentities({ cloud, backupStore }: Region): Generator<Mistake> {
  if (cloud.kind !== 'azure') return;
  const { tenantId, clientId } = cloud;
  const copied = (other: string): string => `it is its ${other} as well, and everything has an id of its own: copy it from the portal`;
  if (clientId === tenantId) yield { path: ['region', 'cloud', 'clientId'], mistake: copied('tenantId') };
  if (backupStore?.kind !== 'azure-blob') return;
  const other = backupStore.subscriptionId === tenantId ? 'tenantId' : backupStore.subscriptionId === clientId ? 'clientId' : undefined;
  if (other !== undefined) yield { path: ['region', 'backupStore', 'subscriptionId'], mistake: copied(other) };
}

function* ofStores({ modelBucket, backupStore, cloud }: Region): Generator<Mistake> {
  const kept = BACKUPS[cloud.kind];
  if (backupStore !== undefined && kept !== undefined && backupStore.kind !== kept)
    yield {
      path: ['region', 'backupStore', 'kind'],
      mistake: `the region is on ${cloud.kind}, and keeps its backups there: use "${kept}"`,
    };
  if (backupStore?.kind === 's3' && backupStore.bucket === modelBucket)
    yield { path: ['region', 'backupStore', 'bucket'], mistake: 'models are kept there, which servers of models read: use another bucket' };
  if (backupStore?.kind === 'azure-blob' && backupStore.resourceGroup === backupStore.nodeResourceGroup)
    yield {
      path: ['region', 'backupStore', 'resourceGroup'],
      mistake: 'it goes with the cluster, and backups outlive it: use another group',
    };
}

/** Names that are those of another place of the cloud: what was copied from another region, and not corrected. */
function* ofOtherPlaces({ region, edge, monitoring }: Target): Generator<Mistake> {
  const { modelBucket, backupStore } = region;
  const urlOf = (kept: { readonly kind: string; readonly url?: string } | undefined) =>
    kept?.kind === 'elasticsearch' ? kept.url : undefined;
  const texts: readonly (readonly [path: readonly PropertyKey[], text: string | undefined])[] = [
    [['region', 'modelBucket'], modelBucket],
    [['region', 'backupStore', 'bucket'], backupStore?.kind === 's3' ? backupStore.bucket : undefined],
    [['edge', 'regionalHost'], edge.regionalHost],
    [['monitoring', 'tracing', 'storage', 'url'], urlOf(monitoring?.tracing?.storage)],
    [['monitoring', 'logs', 'url'], urlOf(monitoring?.logs)],
  ];
  const place = placeOf(region);
  for (const [path, text] of texts) {
    const foreign = text === undefined || place === undefined ? undefined : foreignPlace(region.cloud.kind, place, text);
    if (foreign !== undefined) yield { path, mistake: `it names ${foreign}, and the region is in ${place}: correct it` };
  }
}

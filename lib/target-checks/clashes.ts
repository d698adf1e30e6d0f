import { isDeepStrictEqual } from 'node:util';

import { ownHosts } from '../edge/edge-settings';
import type { Target } from '../environments/environment';
import { quote } from '../messages/quote';
import type { Region } from '../regions/region';
import { anyOf } from '../releases/problem';
import { nameOf } from './agreement';

/** What each target is right about alone, and wrong about together with another. */
export function* clashes(targets: readonly Target[]): Generator<string> {
  const twice = [...groups(targets, ({ environment, region }) => [`${environment}-${region.name}`])].filter(([, same]) => same.length > 1);
  for (const [cluster, same] of twice) {
    yield `Cannot use ${same.map(nameOf).join(' and ')} as both are cluster ${quote(cluster)}: rename or remove one`;
  }
  if (twice.length > 0) return; // they share all the rest as well
  for (const [environment, same] of groups(targets, ({ environment: name }) => [name])) {
    if (same.some(({ delivery }) => !isDeepStrictEqual(delivery, same[0]?.delivery))) {
      yield `Cannot use environment ${quote(environment)} as two of that name differ in their delivery: rename or remove one`;
    }
  }
  yield* hosts(targets);
  yield* places(targets);
}

function* hosts(targets: readonly Target[]): Generator<string> {
  const global = groups(targets, ({ edge }) => (edge.globalHost === undefined ? [] : [edge.globalHost]));
  for (const [host, same] of groups(targets, ({ edge }) => ownHosts(edge))) {
    const [shared] = global.get(host) ?? [];
    if (shared !== undefined)
      yield `Cannot use ${quote(host)} for one region alone as ${nameOf(shared)} shares it as its globalHost: use another`;
    if (same.length > 1)
      yield `Cannot use ${quote(host)} for ${same.map(nameOf).join(' and ')} as it can lead to one of them only: use one host for each`;
  }
  for (const [host, same] of global) {
    const environments = new Set(same.map(({ environment }) => environment));
    if (environments.size > 1) {
      yield `Cannot use ${quote(host)} for ${anyOf([...environments]).replace(' or ', ' and ')} as users of one would reach the other: use one host for each`;
    }
  }
}

/** Where secrets and data lie: one environment must not read what another keeps, and a bucket is in one place. */
function* places(targets: readonly Target[]): Generator<string> {
  for (const [store, same] of groups(targets, ({ region }) => storesOf(region))) {
    const [one, other] = environmentsOf(same);
    if (one !== undefined && other !== undefined)
      yield `Cannot keep secrets of ${nameOf(one)} and ${nameOf(other)} in ${store} as one environment would read those of the other: use one for each`;
  }
  for (const [place, same] of groups(targets, ({ region }) => dataPlacesOf(region))) {
    const [one, ...others] = same;
    const other = others.find((each) => one !== undefined && (ownerOf(each) !== ownerOf(one) || each.environment !== one.environment));
    if (one !== undefined && other !== undefined)
      yield `Cannot use ${place} for ${nameOf(one)} and ${nameOf(other)} as it is in one region and belongs to one environment: use one for each`;
  }
}

/** One target of each environment. */
const environmentsOf = (same: readonly Target[]): readonly Target[] =>
  same.filter(({ environment }, index) => same.findIndex((each) => each.environment === environment) === index);

function storesOf({ cloud, platform }: Region): readonly string[] {
  if (platform.secretStore === 'kubernetes') return [];
  if (cloud.kind === 'aws') return [`account ${cloud.accountId} in ${cloud.region}`];
  if (cloud.kind === 'azure') return [`vault ${cloud.vault}`];
  return cloud.kind === 'gcp' ? [`project ${cloud.project}`] : [];
}

function dataPlacesOf({ modelBucket, backupStore, sharedFileSystem }: Region): readonly string[] {
  return [
    ...(modelBucket === undefined ? [] : [`bucket ${modelBucket}`]),
    ...(backupStore?.kind === 's3' && backupStore.bucket !== modelBucket ? [`bucket ${backupStore.bucket}`] : []),
    ...(backupStore?.kind === 'azure-blob' ? [`container ${backupStore.storageAccount}/${backupStore.container}`] : []),
    ...(sharedFileSystem === undefined ? [] : [`file system ${sharedFileSystem}`]),
  ];
}

/** The account and the region that a bucket of the target belongs to. */
function ownerOf({ region: { cloud, name } }: Target): string {
  if (cloud.kind === 'aws') return `${cloud.accountId}/${cloud.region}`;
  if (cloud.kind === 'azure') return cloud.tenantId;
  return cloud.kind === 'gcp' ? `${cloud.project}/${cloud.location}` : name;
}

function groups(targets: readonly Target[], by: (target: Target) => readonly string[]): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const target of targets) {
    for (const key of by(target)) {
      const same = found.get(key);
      if (same === undefined) found.set(key, [target]);
      else same.push(target);
    }
  }
  return found;
}

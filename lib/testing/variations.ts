import { targets } from '../environments';
import type { Target } from '../environments/environment';
import { gke } from '../environments/platforms';
import type { OwnNamespace } from '../kubernetes/namespaces';
import type { VllmSettings } from '../llm/llm-settings';
import type { ReleaseFile } from '../releases/pin-file';
import { releaseFiles } from '../releases/releases';

/** Makes another target of one. */
export type Change = (target: Target) => Target;
type Quotas = Target['foundation']['quotas'];

/** The pins as they are. */
export const files = releaseFiles('releases');

/** The target of that name. */
export const of = (name: string): Target => {
  const found = targets.find(({ environment, region }) => `${environment}/${region.name}` === name);
  if (found === undefined) throw new Error(`Cannot vary "${name}" as there is no such target`);
  return found;
};

/** The fleet, with some of its targets changed. */
export const fleet = (changes: Readonly<Record<string, Change>>): readonly Target[] => {
  for (const name of Object.keys(changes)) of(name);
  return targets.map((target) => (changes[`${target.environment}/${target.region.name}`] ?? ((same) => same))(target));
};

/** The pins, with the file of an environment edited. */
export const pins = (environment: string, edit: (text: string) => string): readonly ReleaseFile[] =>
  files.map((file) => (file.path.endsWith(`/${environment}.yaml`) ? { ...file, text: edit(file.text) } : file));

/** Several changes, one after the other. */
export const all =
  (...changes: readonly Change[]): Change =>
  (target) =>
    changes.reduce((changed, change) => change(changed), target);

/** Some settings or facts. */
export const set =
  <K extends 'edge' | 'monitoring' | 'region' | 'litellm'>(key: K, change: Partial<NonNullable<Target[K]>>): Change =>
  (target) => ({ ...target, [key]: { ...target[key], ...change } });

/** Some settings of the engine. */
export const vllm =
  (change: Partial<VllmSettings>): Change =>
  (target) => ({ ...target, llm: { ...(target.llm as VllmSettings), ...change } });

/** Some quotas. */
export const quotas =
  (change: Quotas): Change =>
  (target) => ({ ...target, foundation: { ...target.foundation, quotas: { ...target.foundation.quotas, ...change } } });

/** A target with another target's app. */
export const plus =
  (app: 'codelab' | 'gpt' | 'ml', from: string, host: string): Change =>
  (target) => ({
    ...quotas({ [app]: of(from).foundation.quotas[app] })(target),
    [app]: of(from)[app],
    edge: { ...target.edge, appHosts: { ...target.edge.appHosts, [app]: [host] } },
    ...(target.backup === undefined ? {} : { backup: { ...target.backup, namespaces: [...target.backup.namespaces, app] } }),
  });

/** A target without some of its apps. */
export const minus =
  (...apps: readonly (OwnNamespace & keyof Target)[]): Change =>
  (target) => {
    const left = <T>(map: Readonly<Partial<Record<string, T>>> = {}) =>
      Object.fromEntries(Object.entries(map).filter(([key]) => !apps.includes(key as (typeof apps)[number])));
    const { backup, foundation, edge } = target;
    const changed = {
      ...left(target as unknown as Record<string, unknown>),
      foundation: { ...foundation, quotas: { monitoring: foundation.quotas.monitoring, ...left(foundation.quotas) } },
      edge: { ...edge, appHosts: left(edge.appHosts) },
      ...(backup && { backup: { ...backup, namespaces: backup.namespaces.filter((name) => !(apps as readonly string[]).includes(name)) } }),
    };
    return changed as unknown as Target;
  };

/** A region on Google Cloud instead of where it is. */
export const onGoogle: Change = (target) => {
  const { sharedFileSystem: _, gpuPool, ...region } = target.region;
  const pool = { instanceType: 'n2-standard-16', cpus: 16, memoryGiB: 64 };
  const a100 = { instanceType: 'a2-ultragpu-1g', gpu: 'a100', gpusPerNode: 1, cpus: 12, memoryGiB: 170, maxNodes: 8 } as const;
  return {
    ...target,
    region: {
      ...{ ...region, platform: gke, zones: ['europe-west3-a', 'europe-west3-b', 'europe-west3-c'] },
      cloud: { kind: 'gcp', project: `serving-${target.environment}`, location: 'europe-west3', cluster: 'serving' },
      ...{ cpuPool: { ...region.cpuPool, ...pool }, systemPool: { ...region.systemPool, ...pool } },
      ...(region.modelBucket !== undefined && { modelBucket: `models-of-${target.environment}` }),
      ...(gpuPool && { gpuPool: { ...gpuPool, ...a100 } }),
    },
  };
};

/** A region without the addresses that it keeps for load balancers. */
export const withoutPool: Change = ({ region: { addressPool: _, ...region }, ...target }) => ({ ...target, region });

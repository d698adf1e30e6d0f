import type { Manifest } from '../kubernetes/manifest';
import { type Delivered, deliveredBy } from './delivered';
import { record } from './fields';
import { type FleetApp, type FleetTarget, folderOf } from './fleet-summary';
import { type RuledTarget, TargetIndex } from './target-index';

/** The name under which Argo CD knows the cluster that it runs in. */
export const HUB_CLUSTER = 'in-cluster';

/** What the rules about a fleet read: `argocd/` by folder, and summaries of the targets. */
export interface RuledFleet {
  readonly folders: RuledTarget['apps'];
  readonly targets: readonly FleetTarget[];

  /**
   * The file that each object of `argocd/` was read from.
   *
   * @default - they were synthesized a moment ago
   */
  readonly files?: ReadonlyMap<Manifest, string>;
}

/** What delivers the targets. Built once and read by all rules about the fleet. */
export class FleetIndex {
  public readonly targets: readonly FleetTarget[];

  /** What configures Argo CD: the objects of `argocd/`, each in the app that its folder is. */
  public readonly hub: TargetIndex;

  /** Apps of targets, by folder. */
  public readonly apps: ReadonlyMap<string, FleetApp>;

  /** Clusters by the name that Argo CD knows them by, with the target that each is for. */
  public readonly clusters: ReadonlyMap<string, FleetTarget | undefined>;

  /** AppProjects by name. */
  public readonly projects: ReadonlyMap<string, Manifest>;

  /** Every Application, those that ApplicationSets yield included. */
  public readonly applications: readonly Delivered[];

  readonly #delivering = new Map<string, Delivered[]>();

  constructor({ folders, targets }: RuledFleet) {
    this.targets = targets;
    this.hub = new TargetIndex({ environment: 'argocd', region: '', apps: folders });
    this.apps = new Map(targets.flatMap(({ apps }) => apps).map((app) => [folderOf(app), app]));
    this.clusters = new Map<string, FleetTarget | undefined>([
      [HUB_CLUSTER, undefined],
      ...targets.map((target) => [`${target.environment}-${target.region}`, target] as const),
    ]);
    this.projects = new Map(this.hub.all('AppProject.argoproj.io').map((project) => [project.metadata.name, project]));
    this.applications = [
      ...this.hub.all('Application.argoproj.io').map((owner): Delivered => ({ application: owner, owner, field: '' })),
      ...this.hub.all('ApplicationSet.argoproj.io').flatMap(deliveredBy),
    ];
    for (const delivered of this.applications) {
      for (const { path } of sourcesOf(delivered.application)) {
        const folder = String(path);
        this.#delivering.set(folder, [...(this.#delivering.get(folder) ?? []), delivered]);
      }
    }
  }

  /** The Applications that deliver a folder. */
  public delivering(folder: string): readonly Delivered[] {
    return this.#delivering.get(folder) ?? [];
  }

  /** The app that an Application delivers, if it delivers one of ours. */
  public appOf({ application }: Delivered): FleetApp | undefined {
    return sourcesOf(application)
      .map(({ path }) => this.apps.get(String(path)))
      .find((app) => app !== undefined);
  }
}

/** Where an Application's manifests come from, and the field that each source stands in. */
export function sourcesOf({ spec }: Manifest): readonly Source[] {
  const { source, sources } = record(spec);
  if (Array.isArray(sources)) return sources.map((each, i) => ({ ...record(each), field: `/spec/sources/${i}` }));
  return source === undefined ? [] : [{ ...record(source), field: '/spec/source' }];
}

/** One source of an Application. */
export interface Source {
  readonly field: string;
  // biome-ignore lint/suspicious/noExplicitAny: read from disk, so nothing about it is certain
  readonly [key: string]: any;
}

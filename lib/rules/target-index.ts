import type { Manifest } from '../kubernetes/manifest';
import type { Region } from '../regions/region';
import { type Release, releaseOf } from './canary';
import { type Demand, demandsOf, type Scale, scalesOf } from './capacity/demand';
import { creations } from './creations';
import { type ModelClient, modelClientsOf } from './model-clients';
import { type NotableObjects, notableObjects } from './notable-objects';
import { key, kindOf } from './object-key';
import { type Pods, podsOf } from './pods';
import { Reachability } from './reachability';
import { type SecretKeys, secretsOf } from './secrets';
import { type Selection, selections } from './selections';
import { type ServicePorts, servicesOf } from './services';
import { type Container, type Workload, workloadOf } from './workload';

/** What the rules read: an environment in a region, synthesized a moment ago or read from disk. */
export interface RuledTarget {
  readonly environment: string;
  readonly region: string;
  readonly apps: readonly { readonly name: string; readonly manifests: readonly Manifest[] }[];

  /** @default - nobody knows the place, as with a tree whose paths name no target; rules that need it find nothing */
  readonly facts?: TargetFacts;

  /**
   * The file that each object was read from.
   *
   * @default - they were synthesized a moment ago
   */
  readonly files?: ReadonlyMap<Manifest, string>;
}

/** What manifests do not tell about the place that they are for. */
export interface TargetFacts {
  readonly region: Region;
}

/** Every object of a target, found by kind, namespace and name. Built once and read by all rules. */
export class TargetIndex {
  public readonly environment: string;

  /** Every object, in the order of apps and construction. */
  public readonly objects: readonly Manifest[];

  /** Every object that makes pods. */
  public readonly workloads: readonly Workload[];

  /** What is known of the place beside the manifests. */
  public readonly facts: TargetFacts | undefined;

  readonly #apps = new Map<Manifest, string>();
  readonly #kinds = new Map<string, Manifest[]>();
  readonly #named = new Map<string, Manifest>();
  #releases?: readonly Release[];
  #scales?: ReadonlyMap<string, Scale>;
  #demands?: readonly Demand[];
  #created?: ReadonlyMap<string, Manifest>;
  #pods?: ReadonlyMap<string, readonly Pods[]>;
  #selections?: readonly Selection[];
  #reachability?: Reachability;
  #services?: ReadonlyMap<string, ServicePorts>;
  #secrets?: ReadonlyMap<string, SecretKeys>;
  #modelClients?: readonly ModelClient[];
  #notable?: NotableObjects;

  constructor(private readonly target: RuledTarget) {
    this.environment = target.environment;
    this.facts = target.facts;
    const objects: Manifest[] = [];
    const workloads: Workload[] = [];
    for (const { name, manifests } of target.apps) {
      for (const object of manifests) {
        objects.push(object);
        this.#apps.set(object, name);
        this.#index(object, kindOf(object));
        const workload = workloadOf(object);
        if (workload !== undefined) workloads.push(workload);
      }
    }
    this.objects = objects;
    this.workloads = workloads;
  }

  /** The target as if some objects were not there. */
  public without(others: Pick<WeakSet<Manifest>, 'has'>): TargetIndex {
    if (!this.objects.some((object) => others.has(object))) return this;
    const { apps } = this.target;
    return new TargetIndex({
      ...this.target,
      apps: apps.map(({ name, manifests }) => ({ name, manifests: manifests.filter((object) => !others.has(object)) })),
    });
  }

  /** The app that an object belongs to. */
  public app(object: Manifest): string {
    return this.#apps.get(object) ?? '';
  }

  /** Every object of a kind such as `Service` or `Canary.flagger.app`. */
  public all(kind: string): readonly Manifest[] {
    return this.#kinds.get(kind) ?? [];
  }

  /** The object of that kind and name, with an empty namespace for one that is cluster-scoped. */
  public find(kind: string, namespace: string, name: string): Manifest | undefined {
    return this.#named.get(key(kind, namespace, name));
  }

  /** Whether the object stands in Git, or a controller makes it from one that does. */
  public exists(kind: string, namespace: string, name: string): boolean {
    return this.#named.has(key(kind, namespace, name)) || this.created.has(key(kind, namespace, name));
  }

  /** What Flagger makes, and the Canary it makes it from, by `kind/namespace/name`. */
  public get created(): ReadonlyMap<string, Manifest> {
    this.#created ??= creations(this);
    return this.#created;
  }

  /** Every Canary with the workload that it releases. */
  public get releases(): readonly Release[] {
    this.#releases ??= this.all('Canary.flagger.app').map((canary) => releaseOf(canary, this));
    return this.#releases;
  }

  /** How many pods autoscalers and workloads keep, by `Deployment.apps/namespace/name`. */
  public get scales(): ReadonlyMap<string, Scale> {
    this.#scales ??= scalesOf(this);
    return this.#scales;
  }

  /** What every workload and database needs at its busiest. */
  public get demands(): readonly Demand[] {
    this.#demands ??= demandsOf(this);
    return this.#demands;
  }

  /** Pods that selectors can mean, by namespace. */
  public get pods(): ReadonlyMap<string, readonly Pods[]> {
    this.#pods ??= podsOf(this);
    return this.#pods;
  }

  /** Every selector of pods, but for those by which workloads know their own. */
  public get selections(): readonly Selection[] {
    this.#selections ??= [...selections(this)];
    return this.#selections;
  }

  /** What network policies let through. */
  public get reachability(): Reachability {
    this.#reachability ??= new Reachability(this);
    return this.#reachability;
  }

  /** Services from Git and those that controllers make, by `namespace/name`. */
  public get services(): ReadonlyMap<string, ServicePorts> {
    this.#services ??= servicesOf(this);
    return this.#services;
  }

  /** Secrets that controllers make, with their keys, by `namespace/name`. */
  public get secrets(): ReadonlyMap<string, SecretKeys> {
    this.#secrets ??= secretsOf(this);
    return this.#secrets;
  }

  /** Every workload that is told which models there are, and where. */
  public get modelClients(): readonly ModelClient[] {
    this.#modelClients ??= modelClientsOf(this);
    return this.#modelClients;
  }

  /** Objects with texts that rules read closely. */
  public get notable(): NotableObjects {
    this.#notable ??= notableObjects(this.objects);
    return this.#notable;
  }

  /** Every container and init container. */
  public *containers(): Iterable<Container> {
    for (const workload of this.workloads) yield* workload.containers;
  }

  #index(object: Manifest, kind: string): void {
    const ofKind = this.#kinds.get(kind);
    if (ofKind === undefined) this.#kinds.set(kind, [object]);
    else ofKind.push(object);
    this.#named.set(key(kind, object.metadata.namespace ?? '', object.metadata.name), object);
  }
}

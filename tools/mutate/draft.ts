import type { Manifest } from '../../lib/kubernetes/manifest';
import type { SynthesizedApp } from '../../lib/kubernetes/synthesized';
import type { Data } from '../../lib/rules/fields';
import type { Fleet, FleetTarget } from './fleet';

/**
 * A fleet that a fault is being put into. The fleet itself stays as it is: what is touched is copied first, so that
 * hundreds of faults cost no more than the objects that they change.
 */
export class Draft {
  #target: FleetTarget | undefined;
  #delivery: readonly SynthesizedApp[] | undefined;

  constructor(
    private readonly fleet: Fleet,
    /** The target that faults are put into, `<environment>/<region>`. */
    private readonly place: string,
  ) {}

  /** The target, if the fault is in it. */
  public get changedTarget(): FleetTarget | undefined {
    return this.#target;
  }

  /** The target, with the fault or without. */
  public get target(): FleetTarget {
    return this.#target ?? this.fleet.target(this.place);
  }

  /** The folders of `argocd/`, with the fault or without. */
  public get delivery(): readonly SynthesizedApp[] {
    return this.#delivery ?? this.fleet.delivery;
  }

  /** The fleet as the fault leaves it. */
  public get targets(): readonly FleetTarget[] {
    return this.fleet.targets.map((target) => (target === this.fleet.target(this.place) ? this.target : target));
  }

  /**
   * Changes a copy of one object.
   *
   * @param ref `Kind/namespace/name`, or `Kind/name` for a cluster-scoped one; a `*` at the end stands for whatever follows
   * @throws RangeError if there is not exactly one such object
   */
  public change(ref: string, change: (object: Data) => void): void {
    this.replace(ref, (object) => {
      const copy = structuredClone(object);
      change(copy);
      return [copy];
    });
  }

  /** Takes an object away. */
  public remove(ref: string): void {
    this.replace(ref, () => []);
  }

  /** Puts a changed copy of an object beside it. */
  public copy(ref: string, change: (object: Data) => void): void {
    this.replace(ref, (object) => {
      const copy = structuredClone(object);
      change(copy);
      return [object, copy];
    });
  }

  /** Adds an object to an app of the target, or to a folder of `argocd/`. */
  public add(app: string, object: Manifest): void {
    this.apps((folder) => (folder.name === app ? { ...folder, manifests: [...folder.manifests, object] } : folder), app);
  }

  /** Takes an app of the target away, with everything in it. */
  public removeApp(app: string): void {
    this.apps((folder) => (folder.name === app ? undefined : folder), app);
  }

  private apps(change: (folder: SynthesizedApp) => SynthesizedApp | undefined, about: string): void {
    const [inTarget, inDelivery] = [this.target.apps, this.delivery].map((folders) =>
      folders.map(change).filter((each) => each !== undefined),
    );
    if (inTarget?.some((folder, i) => folder !== this.target.apps[i]) || inTarget?.length !== this.target.apps.length) {
      this.#target = { ...this.target, apps: inTarget ?? [] };
    } else if (inDelivery?.some((folder, i) => folder !== this.delivery[i])) {
      this.#delivery = inDelivery;
    } else {
      throw new RangeError(`Cannot put a fault into "${about}" as nothing of that name is in ${this.place} or argocd/: adapt the fault`);
    }
  }

  private replace(ref: string, by: (object: Manifest) => readonly Manifest[]): void {
    let found = 0;
    const isMeant = matcher(ref);
    this.apps((folder) => {
      const at = folder.manifests.findIndex(isMeant);
      if (at < 0 || found > 0) return folder;
      found += 1;
      return { ...folder, manifests: folder.manifests.flatMap((object, i) => (i === at ? by(object) : [object])) };
    }, ref);
  }
}

function matcher(ref: string): (object: Manifest) => boolean {
  const steps = ref.split('/');
  const [kind, namespace, name = ''] = steps.length === 2 ? [steps[0], undefined, steps[1]] : steps;
  return (object) =>
    object.kind === kind &&
    object.metadata.namespace === namespace &&
    (name.endsWith('*') ? object.metadata.name.startsWith(name.slice(0, -1)) : object.metadata.name === name);
}

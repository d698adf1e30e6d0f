import { describe, groupOf, type Manifest } from '../kubernetes/manifest';
import { quote } from '../messages/quote';
import { committed } from './committed';
import { wasIn } from './history';
import { changedImmutables, KINDS_WITH_IMMUTABLES } from './immutable-fields';
import { MAY_PIN } from './pinned-parts';
import { placeOf, servedTarget } from './places';
import { RECORD, recorded } from './record';
import { mayMove, removals } from './removals';
import { refusals } from './report';
import { rollbacks } from './rollbacks';
import { fault, keyOf, type Loss, type Tombstone } from './tombstone';

/** What to do about an immutable field of what holds data: under another name it would begin without any. */
const CURES: Readonly<Record<string, string>> = {
  Cluster: 'restore it, or move the data to a new cluster',
  Database: 'restore it, or move the data to a new database',
  PersistentVolumeClaim: 'restore it, or move the data to a new claim',
  StatefulSet: 'restore it, or move the data to a new set',
  StorageClass: 'restore it, or define a new class for new claims',
};

/** The names of files that differ. */
interface Differences {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly stale: readonly string[];
  readonly unchanged: number;
}

/**
 * What a synth would take away from what is committed: it looks at every file that changes while its old content is at hand, and at
 * the names of those that disappear. Files that stay as they are cost nothing.
 */
export class BlastRadius {
  private readonly losses = new Map<string, Loss>();
  private readonly objects = new Map<string, number>();
  private readonly apps = new Set<string>();
  private readonly newFiles = new Map<string, number>();
  private readonly newObjects = new Set<string>();
  private readonly unreadable: string[] = [];
  private done: ReadonlySet<string> | 'all' = 'all';

  constructor(
    /** The repository, an absolute path. */
    private readonly root: string,
  ) {}

  /** Notes an app of a target, or a folder of argocd/. */
  public staged(folder: string, objects: number): void {
    const { target, app } = placeOf(`${folder}/`);
    this.objects.set(target, (this.objects.get(target) ?? 0) + objects);
    if (app !== undefined) this.apps.add(app);
  }

  /** Notes an object that has no file yet. */
  public created(path: string, manifest: Manifest): void {
    if (path === RECORD) this.done = new Set();
    const { target } = placeOf(path);
    this.newFiles.set(target, (this.newFiles.get(target) ?? 0) + 1);
    if (mayMove(manifest)) this.newObjects.add(identity(target, manifest));
  }

  /** Notes an object whose file says something else. */
  public changed(path: string, before: string, after: Manifest): void {
    const hasImmutables = KINDS_WITH_IMMUTABLES.has(after.kind);
    if (path === RECORD) this.done = recorded(committed(before));
    if (path === RECORD || !(hasImmutables || MAY_PIN.test(before))) return;
    const old = committed(before);
    if (old !== undefined) this.compare(path, old, after);
    else if (hasImmutables) {
      this.unreadable.push(
        `Cannot compare "${path}" with what was committed as it holds no manifest: restore it with "git checkout HEAD -- ${path}"`,
      );
    }
  }

  /**
   * Everything that no tombstone covers, and every tombstone that is wrong.
   *
   * @param today the day that tombstones are compared with, `YYYY-MM-DD`
   * @param staged whether argocd/ is staged as well: what is not says nothing about its files, nor about tombstones
   */
  public problems(changes: Differences, tombstones: readonly Tombstone[], today: string, staged: 'targets' | 'all'): readonly string[] {
    const { changed, stale, unchanged } = changes;
    const { objects, apps, newFiles, newObjects } = this;
    const movedTo = (target: string, object: Manifest) => newObjects.has(identity(target, object));
    const gone = stale.filter((path) => path !== RECORD && (staged === 'all' || path.startsWith('dist/')));
    for (const loss of removals(this.root, gone, { objects, apps, created: newFiles, movedTo })) this.losses.set(keyOf(loss), loss);

    const faults = tombstones.map((tombstone) => fault(tombstone, today));
    const valid = tombstones.filter((_, index) => faults[index] === undefined);
    const keys = new Set(valid.map(keyOf));
    const isFirst = changed.length + stale.length + unchanged === 0;
    const idle = isFirst || staged === 'targets' ? [] : valid.filter((tombstone) => this.isIdle(tombstone, changes));
    return [
      ...refusals(
        [...this.losses].filter(([key]) => !keys.has(key)).map(([, loss]) => loss),
        today,
      ),
      ...faults.filter((text) => text !== undefined),
      ...repeated(tombstones).map((key) => `Cannot use tombstone ${quote(key)} twice as one of them is enough: remove the other`),
      ...idle.map(
        (tombstone) => `Cannot use tombstone ${quote(keyOf(tombstone))} as nothing of that kind is removed there: correct it, or remove it`,
      ),
      ...this.unreadable,
    ];
  }

  /** Whether a tombstone neither takes anything away now nor has done so before, or what it took away is back. */
  private isIdle(tombstone: Tombstone, { created }: Differences): boolean {
    const { what, where } = tombstone;
    if (this.losses.has(keyOf(tombstone))) return false;
    if (what === 'target' && this.objects.has(where)) return true;
    if (what === 'app' && this.apps.has(where)) return true;
    if (what === 'object' && created.some((path) => placeOf(path).object === where)) return true;
    return this.done !== 'all' && !this.done.has(keyOf(tombstone));
  }

  private compare(path: string, before: Manifest, after: Manifest): void {
    const { object, target: place } = placeOf(path);
    const target = servedTarget(path) ?? place;
    const name = describe(after);
    for (const { field, from, to, why } of changedImmutables(before, after)) {
      const message = `Cannot change ${field} of ${name} from ${short(from)} to ${short(to)} as ${why}: ${CURES[after.kind] ?? 'restore it, or give the object another name'}`;
      this.lose({ what: 'field', where: `${object}#${field}`, place: target, message });
    }
    const ranBefore = (text: string) => wasIn(this.root, path, text);
    for (const { name: part, message } of rollbacks(before, after, ranBefore)) {
      this.lose({ what: 'rollback', where: `${target}/${part}`, place: target, message });
    }
  }

  private lose(loss: Loss): void {
    if (!this.losses.has(keyOf(loss))) this.losses.set(keyOf(loss), loss);
  }
}

const identity = (target: string, object: Manifest): string => {
  const { kind, metadata } = object;
  return [target, groupOf(object), kind, metadata.namespace ?? '', metadata.name].join('\n');
};

/** A value on one line, shortened. */
function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function repeated(tombstones: readonly Tombstone[]): readonly string[] {
  const keys = tombstones.map(keyOf);
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}

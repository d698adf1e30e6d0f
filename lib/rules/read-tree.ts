import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { Manifest } from '../kubernetes/manifest';
import { quote } from '../messages/quote';
import { manifestsInFile } from './manifests-in-file';
import type { RuledTarget } from './target-index';

/** What was found in a folder, and what could not be read there. */
export interface Tree {
  readonly targets: readonly RuledTarget[];

  /**
   * The folders of `argocd/`.
   *
   * @default - there is no `argocd/`
   */
  readonly folders?: RuledTarget['apps'];

  /** The file that each object was read from. */
  readonly files: ReadonlyMap<Manifest, string>;

  readonly unreadable: readonly Unreadable[];
}

/** A file or a document that is no manifest. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

/** Files that make Argo CD read their whole folder as something else. */
const FOREIGN: readonly (readonly [file: RegExp, tool: string])[] = [
  [/^kustomization(\.ya?ml)?$/i, 'renders the folder with kustomize'],
  [/Chart\.yaml$/, 'renders the folder with Helm'],
];

/**
 * Reads `<folder>/dist/<environment>/<region>/<app>/**.yaml` and `<folder>/argocd/**.yaml`.
 *
 * @throws the file system's own error if there is no `dist` in the folder
 */
export function readTree(folder: string): Tree {
  const reader = new TreeReader(folder);
  const dist = join(folder, 'dist');
  const targets = reader.foldersIn(dist).flatMap((environment) =>
    reader.foldersIn(join(dist, environment)).map((region): RuledTarget => {
      const target = join(dist, environment, region);
      const apps = reader.foldersIn(target).map((name) => ({ name, manifests: reader.manifestsIn(join(target, name)) }));
      return { environment, region, apps, files: reader.files };
    }),
  );
  const argocd = join(folder, 'argocd');
  const folders = existsSync(argocd) ? reader.manifestFoldersIn(argocd, argocd) : undefined;
  return { targets, ...(folders && { folders }), files: reader.files, unreadable: reader.unreadable };
}

/** Reads folders in the order of their names, so that the report does not depend on the file system. Links are not followed. */
class TreeReader {
  public readonly files = new Map<Manifest, string>();
  public readonly unreadable: Unreadable[] = [];

  constructor(private readonly root: string) {}

  public foldersIn(folder: string): readonly string[] {
    return sorted(folder)
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  }

  /** Every manifest below a folder. */
  public manifestsIn(folder: string): readonly Manifest[] {
    return [...this.ownManifestsIn(folder), ...this.foldersIn(folder).flatMap((name) => this.manifestsIn(join(folder, name)))];
  }

  /** Every folder below another one that holds files, named by the way to it. */
  public manifestFoldersIn(folder: string, root: string): RuledTarget['apps'] {
    const manifests = this.ownManifestsIn(folder);
    const name = relative(root, folder).replaceAll(sep, '/');
    const nested = this.foldersIn(folder).flatMap((each) => this.manifestFoldersIn(join(folder, each), root));
    return manifests.length === 0 ? nested : [{ name, manifests }, ...nested];
  }

  private ownManifestsIn(folder: string): readonly Manifest[] {
    return sorted(folder)
      .filter((entry) => !entry.isDirectory())
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        const file = relative(this.root, path).replaceAll(sep, '/');
        const reason = unread(entry);
        if (reason !== undefined) this.unreadable.push({ file, message: `Cannot deploy ${quote(file)} as ${reason}` });
        if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) return [];
        const { manifests, unreadable } = manifestsInFile(path, file);
        for (const message of unreadable) this.unreadable.push({ file, message });
        for (const manifest of manifests) this.files.set(manifest, file);
        return manifests;
      });
  }
}

const sorted = (folder: string): readonly Dirent[] =>
  readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));

/** Why Argo CD does not take a file for a manifest, and what to do. */
function unread(entry: Dirent): string | undefined {
  const [, tool] = FOREIGN.find(([file]) => file.test(entry.name)) ?? [];
  if (tool !== undefined) return `Argo CD ${tool} because of it: remove it`;
  if (entry.isSymbolicLink()) return 'it is a link, at which Argo CD fails if it leads out of the repository: put the file there';
  if (entry.isFile() && /\.(json|yml)$/.test(entry.name)) return 'Argo CD is told to read *.yaml alone: rename it';
  return undefined;
}

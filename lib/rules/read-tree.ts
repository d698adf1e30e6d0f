import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Manifest } from '../kubernetes/manifest';
import { manifestsInFile } from './manifests-in-file';
import type { RuledTarget } from './target-index';

/** The targets found in a folder, and what could not be read there. */
export interface Tree {
  readonly targets: readonly RuledTarget[];

  /** One message per file or document that is no manifest. */
  readonly unreadable: readonly string[];
}

/**
 * Reads `<folder>/dist/<environment>/<region>/<app>/**.yaml`.
 *
 * @throws the file system's own error if there is no `dist` in the folder
 */
export function readTree(folder: string): Tree {
  const unreadable: string[] = [];
  const targets: RuledTarget[] = [];
  const dist = join(folder, 'dist');
  for (const environment of foldersIn(dist)) {
    for (const region of foldersIn(join(dist, environment))) {
      const target = join(dist, environment, region);
      const apps = foldersIn(target).map((name) => ({ name, manifests: manifestsIn(join(target, name), folder, unreadable) }));
      targets.push({ environment, region, apps });
    }
  }
  return { targets, unreadable };
}

/** Sorted, so that the report does not depend on the file system; links are not followed. */
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

function manifestsIn(app: string, folder: string, unreadable: string[]): readonly Manifest[] {
  const files = readdirSync(app, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ name }) => join(app, name))
    .sort();
  const nested = foldersIn(app).flatMap((name) => manifestsIn(join(app, name), folder, unreadable));
  const found = files.flatMap((file) => {
    const read = manifestsInFile(file, relative(folder, file));
    unreadable.push(...read.unreadable);
    return read.manifests;
  });
  return [...found, ...nested];
}

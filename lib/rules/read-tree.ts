import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { parseAllDocuments } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { type Data, isRecord } from './fields';
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
  return [...files.flatMap((file) => documentsIn(file, relative(folder, file), unreadable)), ...nested];
}

function documentsIn(file: string, name: string, unreadable: string[]): readonly Manifest[] {
  const found: Manifest[] = [];
  // YAML 1.1 is what kubectl and Argo CD read; they take dates for text.
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), {
    version: '1.1',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':timestamp')),
  });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error !== undefined) {
      unreadable.push(`Cannot read "${name}" as YAML: ${error.message.split('\n')[0]}`);
      continue;
    }
    const value = plain(document, name, unreadable);
    for (const object of value?.kind === 'List' && Array.isArray(value.items) ? value.items : [value]) {
      if (isManifest(object)) found.push(object);
      else if (object !== undefined && object !== null) {
        unreadable.push(
          `Cannot read "${name}" as a manifest: give it apiVersion, kind, metadata.name, and text for its labels and annotations`,
        );
      }
    }
  }
  return found;
}

/** Aliases that multiply are refused by the parser while it builds the value. */
function plain(document: { toJS(): Data }, name: string, unreadable: string[]): Data {
  try {
    return document.toJS();
  } catch (error) {
    unreadable.push(`Cannot read "${name}" as YAML: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function isManifest(value: Data): value is Manifest {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  const { name, namespace = '', labels = {}, annotations = {} } = value.metadata;
  const texts = [value.apiVersion, value.kind, name, namespace];
  return [...texts, ...Object.values(labels ?? ''), ...Object.values(annotations ?? '')].every((text) => typeof text === 'string');
}

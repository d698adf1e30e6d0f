import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { parse } from 'yaml';

import type { Manifest } from '../lib/kubernetes/manifest';

const root = join(__dirname, '..');
const parsed = new Map<string, Manifest>();
const texts = new Map<string, string>();

/** Whether the repository has a file or folder, by its path from the root. */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/**
 * The text of a file of the repository, by its path from the root.
 *
 * @throws Error if there is none, with what its folder holds instead
 */
export function text(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  if (!exists(path)) {
    const folder = dirname(path);
    const beside = exists(folder) ? readdirSync(join(root, folder)).join(', ') : 'no such folder';
    throw new Error(`Cannot read "${path}" as there is no such file: ${folder} has ${beside}`);
  }
  const read = readFileSync(join(root, path), 'utf8');
  texts.set(path, read);
  return read;
}

/** A page of `docs/`, as one line, so that what it says is found however its lines are broken. */
export function page(path: string): string {
  return text(path.endsWith('.md') && !path.includes('/') ? path : `docs/${path}.md`).replace(/\s+/g, ' ');
}

// biome-ignore lint/suspicious/noExplicitAny: what a file of YAML holds depends on the file
export function yamlIn(path: string): any {
  return parse(text(path));
}

function manifest(path: string): Manifest {
  const known = parsed.get(path) ?? (yamlIn(path) as Manifest);
  parsed.set(path, known);
  return known;
}

/** A committed object, by its path in `dist/`: `dist('prod/us-west-2/llm/Deployment.llm-service')`. */
export function dist(path: string): Manifest {
  return manifest(`dist/${path}.yaml`);
}

/** A committed object of Argo CD's, by its path in `argocd/`: `argocd('prod/AppProject.apps-prod')`. */
export function argocd(path: string): Manifest {
  return manifest(`argocd/${path}.yaml`);
}

/** The Application by which Argo CD installs an addon: `addon('prod/us-west-2', 'kong')`. */
export function addon(target: string, name: string): Manifest {
  return argocd(`${target}/Application.${name}-${target.replace('/', '-')}`);
}

// biome-ignore lint/suspicious/noExplicitAny: values are the chart's
export function valuesOf(target: string, name: string): any {
  return addon(target, name).spec.source.helm.valuesObject;
}

/** Whether an object was synthesized: for what must not be there. */
export function has(path: string): boolean {
  return exists(`dist/${path}.yaml`);
}

/** Every committed object of a folder of `dist/` or `argocd/`, of all kinds or of one. */
export function allIn(folder: string, kind?: string): readonly Manifest[] {
  return filesIn(folder)
    .filter((path) => path.endsWith('.yaml') && (kind === undefined || basename(path).startsWith(`${kind}.`)))
    .map(manifest);
}

const listings = new Map<string, readonly string[]>();

/** Every file below a folder, in order. */
export function filesIn(folder: string): readonly string[] {
  const known =
    listings.get(folder) ??
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
  listings.set(folder, known);
  return known;
}

/** The one of a list that has a name, as containers, ports, volumes and listeners have. */
export function named<T extends { readonly name?: string }>(list: readonly T[] | undefined, name: string): T {
  const found = list?.find((item) => item.name === name);
  if (found === undefined) throw new Error(`Cannot find "${name}": there are ${list?.map((item) => item.name).join(', ') ?? 'none'}`);
  return found;
}

/** Every target of `dist/`, or those of an environment, as `<environment>/<region>`. */
export function targets(environment?: string): readonly string[] {
  const names = new Set(filesIn('dist').map((path) => path.split('/').slice(1, 3).join('/')));
  return [...names].filter((name) => environment === undefined || name.startsWith(`${environment}/`));
}

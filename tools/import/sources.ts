import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Crd, parseCrds } from './crd';

/** One line of `imports:` in `cdk8s.yaml`. */
export interface ImportSource {
  /** API group, which is also the name of the generated file. */
  readonly group: string;

  /**
   * The one kind to take from the file.
   *
   * @default - every kind of the group
   */
  readonly kind?: string;

  /** Where the pinned upstream release keeps the definition. */
  readonly url: string;
}

/**
 * Reads an entry of `imports:`: `<group>/<Kind>:=<url>`, or `<group>:=<url>`.
 *
 * @throws SyntaxError if it reads differently
 */
export function parseSource(entry: string): ImportSource {
  const match = /^([a-z0-9.-]+)(?:\/([A-Z]\w+))?:=(https:\/\/\S+)$/.exec(entry);
  const [, group, kind, url] = match ?? [];
  if (group === undefined || url === undefined) {
    throw new SyntaxError(`Cannot import "${entry}" as an entry reads <group>/<Kind>:=<https url>: correct it in cdk8s.yaml`);
  }
  return kind === undefined ? { group, url } : { group, kind, url };
}

/**
 * The definitions that a source names.
 *
 * @param folder reads `<folder>/<group>/<kind>.yaml` instead of the URL
 * @throws Error if they cannot be had
 */
export async function crdsOf({ group, kind, url }: ImportSource, folder: string | undefined): Promise<Crd[]> {
  const from = folder === undefined ? url : fileOf(join(folder, group), kind);
  const cannot = (reason: string) => {
    const name = kind === undefined ? group : `${group}/${kind}`;
    const cure = folder === undefined ? 'check the entry in cdk8s.yaml and the network' : 'put the definition there, or unset CRDS';
    return new Error(`Cannot import "${name}" from ${from} as ${reason}: ${cure}`);
  };
  const found = await definitions(from, folder === undefined).catch(({ message }) => {
    throw cannot(message);
  });
  const wanted = found.filter(({ spec }) => spec.group === group && (kind === undefined || spec.names.kind === kind));
  if (wanted.length === 0) throw cannot('nothing there defines it');
  return wanted;
}

/** Some projects publish a kind twice, once without its schema; the other one is then in the subfolder `full`. */
function fileOf(folder: string, kind: string | undefined): string {
  if (kind === undefined) return folder;
  const file = `${kind.toLowerCase()}.yaml`;
  const full = join(folder, 'full', file);
  return existsSync(full) ? full : join(folder, file);
}

async function definitions(from: string, online: boolean): Promise<Crd[]> {
  if (online) return parseCrds(await download(from));
  const files = from.endsWith('.yaml') ? [from] : readdirSync(from).map((file) => join(from, file));
  return files.filter((file) => file.endsWith('.yaml')).flatMap((file) => parseCrds(readFileSync(file, 'utf8')));
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch(({ message, cause = { message } }) => {
    throw new Error(cause.message); // fetch itself says no more than that it failed
  });
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return response.text();
}

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Crd } from './crd';
import { generate } from './generate';
import { prunings } from './pruning';
import { shapeOf } from './shape';
import { crdsOf, parseSource } from './sources';

/** Where definitions come from and types go. */
export interface Places {
  /** Folder with the definitions as `<group>/<kind>.yaml`; undefined for the URLs of the entries. */
  readonly from: string | undefined;

  /** Folder of generated files. Whatever else is in it is removed. */
  readonly into: string;
}

/**
 * Regenerates the types of custom resources, one file per API group, and returns the names of the files.
 *
 * @param entries the `imports:` of `cdk8s.yaml`
 * @throws Error with one line per problem; then nothing is written
 */
export async function regenerate(entries: readonly string[], { from, into }: Places): Promise<string[]> {
  const results = await Promise.allSettled(entries.map((entry) => shapesOf(entry, from)));
  const problems = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.message);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const files = generate(results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
  replace(into, files);
  return [...files.keys()];
}

async function shapesOf(entry: string, folder: string | undefined): Promise<Crd[]> {
  const crds = await crdsOf(parseSource(entry), folder);
  return crds.map((crd) => shapeOf(crd, prunings));
}

function replace(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, code] of files) {
    writeFileSync(join(folder, `${file}.new`), code);
    renameSync(join(folder, `${file}.new`), join(folder, file));
  }
  for (const file of readdirSync(folder)) {
    if (!files.has(file)) rmSync(join(folder, file), { recursive: true });
  }
}

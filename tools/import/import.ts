import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { generate } from './generate';
import { prunings } from './pruning';
import { shapeOf } from './shape';
import { crdsOf, parseSource } from './sources';

/** Regenerates `imports/` from the URLs in `cdk8s.yaml`, or offline from the folder that the variable `CRDS` names. */
async function main(): Promise<void> {
  const entries: string[] = parse(readFileSync('cdk8s.yaml', 'utf8')).imports;
  const crds = await Promise.allSettled(
    entries.map(async (entry) => {
      const found = await crdsOf(parseSource(entry), process.env['CRDS']);
      return found.map((crd) => shapeOf(crd, prunings));
    }),
  );
  const problems = crds.filter((result) => result.status === 'rejected').map(({ reason }) => reason.message);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const files = generate(crds.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
  replace('imports', files);
  console.log(`Imported ${entries.length} custom resources into ${files.size} files of imports/`);
}

function replace(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, code] of files) {
    writeFileSync(join(folder, `${file}.new`), code);
    renameSync(join(folder, `${file}.new`), join(folder, file));
  }
  for (const file of readdirSync(folder)) {
    if (!files.has(file)) rmSync(join(folder, file));
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

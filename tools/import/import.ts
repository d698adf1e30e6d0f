import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { regenerate } from './regenerate';

/** `npm run import` downloads the definitions; with `CRDS=<folder>` it reads `<folder>/<group>/<kind>.yaml` instead. */
async function main(): Promise<void> {
  const entries: readonly string[] = parse(readFileSync('cdk8s.yaml', 'utf8')).imports;
  const files = await regenerate(entries, { from: process.env['CRDS'], into: 'imports' });
  console.log(`Imported ${entries.length} entries of cdk8s.yaml into ${files.length} files of imports/`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

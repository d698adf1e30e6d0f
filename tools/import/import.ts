import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { quote } from '../../lib/messages/quote';
import { systemRefusal } from '../../lib/messages/system-refusal';
import { regenerate } from './regenerate';

/** `npm run import` downloads the definitions; with `CRDS=<folder>` it reads `<folder>/<group>/<kind>.yaml` instead. */
async function main([argument]: readonly string[]): Promise<0 | 2> {
  if (argument !== undefined) {
    console.error(`Cannot understand ${quote(argument)} as an option as there is none: write what to import into cdk8s.yaml`);
    return 2;
  }
  const entries: unknown = parse(readFileSync('cdk8s.yaml', 'utf8'))?.imports;
  if (!isListOfTexts(entries)) {
    throw new TypeError(
      'Cannot import what cdk8s.yaml names as its "imports" are no list of texts: write <group>/<Kind>:=<https url> lines',
    );
  }
  const files = await regenerate(entries, { from: process.env['CRDS'], into: 'imports' });
  console.log(`Imported ${entries.length} entries of cdk8s.yaml into ${files.length} files of imports/`);
  return 0;
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(systemRefusal(error) ?? error.message);
    process.exitCode = 1;
  },
);

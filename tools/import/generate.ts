import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { stringify } from 'yaml';

import { compact } from './compact';
import type { Crd } from './crd';

const CDK8S = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');

/**
 * The TypeScript of custom resources: one file per API group, by file name.
 *
 * All definitions go to `cdk8s import` at once: it writes one module per group, and would let a second run for the same
 * group overwrite the first.
 *
 * @throws Error if `cdk8s import` fails
 */
export function generate(crds: readonly Crd[]): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-import-'));
  try {
    writeFileSync(join(folder, 'crds.yaml'), crds.map((crd) => stringify(crd, { aliasDuplicateObjects: false })).join('---\n'));
    const command = [CDK8S, 'import', 'crds.yaml', '--language=typescript', '--output=imports', '--no-save'];
    execFileSync(process.execPath, command, { cwd: folder, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, stdio: 'pipe' });
    const files = readdirSync(join(folder, 'imports')).sort();
    return new Map(files.map((file) => [file, compact(readFileSync(join(folder, 'imports', file), 'utf8'))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

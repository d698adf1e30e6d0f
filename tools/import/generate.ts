import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { stringify } from 'yaml';

import { compact } from './compact';
import type { Crd } from './crd';

/**
 * The TypeScript of custom resources: one file per API group, by file name.
 *
 * All definitions go to `cdk8s import` at once: it writes one module per group, and a second run for the same group
 * would overwrite the first.
 *
 * @throws Error if `cdk8s import` fails
 */
export function generate(crds: readonly Crd[]): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-import-'));
  try {
    writeFileSync(join(folder, 'crds.yaml'), crds.map((crd) => stringify(crd, { aliasDuplicateObjects: false })).join('---\n'));
    cdk8sImport(folder);
    const files = readdirSync(join(folder, 'imports')).sort();
    return new Map(files.map((file) => [file, compact(readFileSync(join(folder, 'imports', file), 'utf8'))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cdk8sImport(folder: string): void {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'import', 'crds.yaml', '--language', 'typescript', '--no-save'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, // it would ask the network for a newer version
  });
  if (status !== 0) throw new Error(`Cannot generate types as cdk8s import fails: ${stderr.replaceAll(/\n +at .*/g, '').trim()}`);
}

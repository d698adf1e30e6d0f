import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
const CLI = 'node_modules/cdk8s-cli/bin/cdk8s';

const node = (args: readonly string[], env: Record<string, string> = {}): string => run(args, env).stdout;

function run(args: readonly string[], env: Record<string, string> = {}) {
  const options = { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '--require=./tools/preload.cjs', ...env }, encoding: 'utf8' as const };
  return spawnSync(process.execPath, args, options);
}

test('leaves no trace for processes that start elsewhere', () => {
  const child = `require('node:child_process').execFileSync(process.execPath, ['-p', '1 + 1'], { cwd: ${JSON.stringify(tmpdir())}, stdio: 'inherit' })`;

  expect(node(['-e', child])).toBe('2\n');
});

test('leaves other options alone', () => {
  expect(node(['-p', 'process.env.NODE_OPTIONS'], { NODE_OPTIONS: '--no-warnings --require=./tools/preload.cjs' })).toBe('--no-warnings\n');
});

test('leaves other programs alone', () => {
  expect(node(['-p', 'process.env.CDK8S_CHECK_UPGRADE'])).toBe('undefined\n');
});

test('lets the cdk8s CLI start without TypeScript and without a look for a newer version', () => {
  const probe = join(mkdtempSync(join(tmpdir(), 'probe-')), 'probe.cjs');
  const loaded = "Object.keys(require.cache).some((file) => file.includes('/typescript/'))";
  writeFileSync(probe, `process.on('exit', () => console.log(${loaded}, process.env.CDK8S_CHECK_UPGRADE));`);

  expect(node(['-r', probe, CLI, '--version'])).toMatch(/^\d+\.\d+\.\d+\nfalse false\n$/);
  rmSync(dirname(probe), { recursive: true });
});

test('lets the cdk8s CLI say that the app has refused, without a stack trace of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refused-'));
  const { status, stderr } = run([CLI, 'synth', '--app', 'echo Cannot synthesize >&2; exit 3; :', '--output', folder]);
  rmSync(folder, { recursive: true, force: true });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^Cannot synthesize\ncommand .* returned a non-zero exit code 3\n$/);
});

test('lets the commands of the cdk8s CLI load what they use', () => {
  expect(node([CLI, 'import', '--help'])).toContain('cdk8s import k8s@1.13.0');
});

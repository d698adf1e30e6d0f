import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SYNTH = [join(__dirname, '../../tools/run.cjs'), join(__dirname, 'interrupted-synth.ts')];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'interrupted-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Every file of the output, by name. */
function files(): Map<string, string> {
  const entries = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return new Map(entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]));
}

/** The words that the files hold; a file that is cut off or mixed holds others than 3,000 times the same. */
function words(): string[] {
  return [...files()].map(([name, text]) => {
    const lines = text.split('  text: |\n')[1]?.split('\n') ?? [];
    return lines.length === 3001 && new Set(lines.slice(0, -1)).size === 1 ? (lines[0] as string).trim() : `${name} is broken`;
  });
}

/** Starts a synth, and kills it some milliseconds after it has staged everything. */
async function kill(word: string, delayMs: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [...SYNTH, root, word], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill('SIGKILL');
  return ended;
}

test('a killed synth leaves every file old or new, and the next one completes the work', async () => {
  spawnSync(process.execPath, [...SYNTH, root, 'round0']);
  const signals: unknown[] = [];

  for (let round = 1; round <= 5; round += 1) {
    signals.push(await kill(`round${round}`, Math.random() * 10));
    expect([`round${round - 1}`, `round${round}`]).toEqual(expect.arrayContaining([...new Set(words())]));

    spawnSync(process.execPath, [...SYNTH, root, `round${round}`]);
    expect(words()).toEqual(Array(300).fill(`round${round}`));
    expect(readdirSync(join(root, '.slipway'))).toEqual(['ledger']);
  }

  expect(signals).toContain('SIGKILL');
}, 60_000);

test('a synth writes the same bytes in every time zone and locale', () => {
  spawnSync(process.execPath, [...SYNTH, root, 'i'], { env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } });
  const before = files();
  rmSync(join(root, 'dist'), { recursive: true });
  spawnSync(process.execPath, [...SYNTH, root, 'i'], { env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' } });

  expect(before.size).toBe(300);
  expect(files()).toEqual(before);
});

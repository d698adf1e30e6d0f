import { spawnSync } from 'node:child_process';

/** One run of a command. */
export interface Run {
  /** From its start to its end, ms. */
  readonly wallMs: number;

  /** What Slipway tells about a synth when `SLIPWAY_TIMING` is set; empty for other commands. */
  readonly told: Readonly<Record<string, number>>;
}

/**
 * Runs a command and measures it.
 *
 * @throws Error with what the command said if it fails
 */
export function measure(command: string, cwd: string, env: NodeJS.ProcessEnv = {}): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    cwd,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, SLIPWAY_TIMING: '1', ...env },
    maxBuffer: 1 << 28,
  });
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`Cannot measure "${command}" as it fails: ${stdout}${stderr}`);
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('{"'));
  return { wallMs, told: Object.assign({}, ...lines.map((line) => JSON.parse(line))) };
}

/** The median of several runs, figure by figure: what a run on a quiet machine would show. */
export function median(runs: readonly Run[]): Run {
  const keys = Object.keys(runs[0]?.told ?? {});
  const told = Object.fromEntries(keys.map((key) => [key, middle(runs.map((run) => run.told[key] ?? 0))]));
  return { wallMs: middle(runs.map(({ wallMs }) => wallMs)), told };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Arguments, readArguments, USAGE } from './arguments';
import { LastSynth } from './last-synth';
import { Progress, type Terminal } from './progress';
import { count, differences, refusal, summary, timing } from './report';
import { SoundTargets } from './sound-targets';
import { type Place, type Plan, type Result, Synthesis } from './synthesis';

/**
 * Runs a synth as the command line asks for it, and tells what came of it.
 *
 * @param args see `USAGE`
 * @param root the repository, an absolute path
 * @param plan what to synthesize; throws what is wrong with the data that it is made of
 * @param terminal standard error, as the cdk8s CLI swallows standard output
 * @returns exit code: 0 right, 1 problems or differences, 2 wrong arguments
 */
export function synth<T extends Place, S, F>(
  args: readonly string[],
  root: string,
  plan: () => Plan<T, S, F>,
  terminal: Terminal = process.stderr,
): 0 | 1 | 2 {
  return run(args, terminal, (options, progress) => new Synthesis(root, options, progress).run(plan));
}

/**
 * Does what `synth` does, but for what is known from the last time: while no file was touched since a synth that found nothing to do, it
 * tells the same again at once, and a target that kept every rule and is the same to the byte is not held against them again.
 *
 * @param plan reads nothing but files of the repository, and is the same as long as they are
 */
export function synthIfTouched<T extends Place, S, F>(
  args: readonly string[],
  root: string,
  plan: () => Plan<T, S, F>,
  terminal: Terminal = process.stderr,
): 0 | 1 | 2 {
  return run(args, terminal, (options, progress) => {
    // A check trusts nothing that it has not compared, and what is required of digests is more than what a synth remembers.
    if (options.purpose === 'compare' || options.requireDigests) return new Synthesis(root, options, progress).run(plan);

    const last = new LastSynth(root);
    const known = last.recall();
    if (known !== undefined) return known;
    const sound = new SoundTargets(root);
    const result = new Synthesis(root, options, progress, sound).run(plan);
    sound.keep();
    last.remember(result);
    return result;
  });
}

function run(args: readonly string[], terminal: Terminal, work: (options: Arguments, progress: Progress) => Result): 0 | 1 | 2 {
  const options = readArguments(args);
  if (typeof options === 'string') {
    terminal.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    terminal.write(USAGE);
    return 0;
  }
  const progress = new Progress(terminal);
  const result = work(options, progress);
  progress.clear();
  if (process.env['SLIPWAY_TIMING']) terminal.write(timing(result));
  return tell(result, terminal);
}

function tell(result: Result, terminal: Terminal): 0 | 1 {
  const { changes, purpose } = result;
  if (changes === undefined || result.problems.length > 0) {
    terminal.write(`${result.problems.join('\n')}\n\n${refusal(result)}`);
    return 1;
  }
  const different = differences(changes);
  if (purpose === 'compare' && different.length > 0) {
    const cure = 'run "npm run synth", and move foreign files away';
    terminal.write(
      `${different.join('')}Cannot confirm that dist/ and argocd/ are current as ${count(different.length, 'file')} differ from what synth writes: ${cure}\n`,
    );
    return 1;
  }
  for (const path of changes.foreign) terminal.write(`foreign  ${path} (Slipway did not write it, so it stays)\n`);
  terminal.write(summary(result, changes));
  leaveTrace(summary(result, changes));
  return 0;
}

/** The cdk8s CLI lists the manifests that it finds in its output folder, and complains when there is none. */
function leaveTrace(text: string): void {
  const folder = process.env['CDK8S_OUTDIR'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'summary.yaml'), `# Synthesized by Slipway into dist/ and argocd/, not here: ${text}`);
}

import { quote } from '../messages/quote';

export const USAGE = `Usage: npm run synth [-- options]    or    npx cdk8s synth

Synthesizes every target into dist/ and argocd/. Nothing is written unless everything is right.

  --check            write nothing; list what is not as synth would write it
  --require-digests  refuse images and models that are not pinned by digest
  --help             show this

Exit code: 0 right, 1 problems or differences, 2 wrong arguments.
`;

/** What the command line asks for. */
export interface Arguments {
  /** Whether to bring the output up to date or to compare every byte of it. */
  readonly purpose: 'write' | 'compare';

  /** Whether a pin without a digest, a revision or a checksum is a problem. */
  readonly requireDigests: boolean;

  /** Whether to explain the options and do nothing else. */
  readonly help: boolean;
}

const OPTIONS = ['--check', '--require-digests', '--help'];

/** Reads the command line, or says what is wrong with it: an unknown argument may have meant to ask for less. */
export function readArguments(args: readonly string[]): Arguments | string {
  const unknown = args.find((arg) => !OPTIONS.includes(arg));
  if (unknown !== undefined) return `Cannot understand ${quote(unknown)} as an option: use ${OPTIONS.join(', ')}`;
  const purpose = args.includes('--check') ? 'compare' : 'write';
  return { purpose, requireDigests: args.includes('--require-digests'), help: args.includes('--help') };
}

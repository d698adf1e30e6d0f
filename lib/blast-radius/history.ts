import { execFileSync } from 'node:child_process';

/** Git finds a text in the history of one file within milliseconds; a history that takes longer is not worth the wait. */
const PATIENCE_MS = 5000;

/**
 * Whether a commit added a text to a file or took it away. The history knows what a revision cannot tell: whether it is an earlier one.
 *
 * @returns false, too, where there is no history: outside of a repository, or before the first commit of a shallow clone
 */
export function wasIn(root: string, path: string, text: string): boolean {
  try {
    const args = ['log', '-1', '--format=%h', '-S', text, '--', path];
    return execFileSync('git', args, { cwd: root, timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'ignore'] }).length > 0;
  } catch {
    return false;
  }
}

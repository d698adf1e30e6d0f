import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';

/** Folders of the repository that a synth reads nothing from that is not code, and code is known by its own hash. */
const UNREAD = ['.git', '.slipway', '.synth', 'argocd', 'coverage', 'dist', 'node_modules'];

/** Variables that the cdk8s CLI sets or reads, which change nothing in the output. */
const OF_THE_CLI = ['CDK8S_CHECK_UPGRADE', 'CDK8S_OUTDIR', 'CDK8S_RECORD_CONSTRUCT_METADATA'];

/** The state of everything that decides what a synth writes. */
export interface Inputs {
  /** Differs as soon as anything differs. */
  readonly hash: string;

  /** When the youngest file was last touched, ms since 1970; never, as it were, if that cannot be told. */
  readonly newestMs: number;
}

/**
 * Looks at everything that may decide what a synth writes: every file of the repository, the running code, Node's version, cdk8s'
 * variables, and the day, on which exceptions from rules end. Files are known by size and times, not read.
 */
export function inputsOf(root: string): Inputs {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith('CDK8S_') && !OF_THE_CLI.includes(name));
  const day = new Date().toISOString().slice(0, 10);
  // The launcher's bundle is named after its hash, so that this covers packages as well.
  const hash = createHash('sha1').update(JSON.stringify([__filename, process.version, variables.sort(), day]));
  let newestMs = 0;

  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (folder === root && UNREAD.includes(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        walk(path);
        continue;
      }
      const stat = lstatSync(path, { throwIfNoEntry: false });
      // What a link leads to may change unseen.
      const { size, mtimeMs, ctimeMs } = stat?.isFile() ? stat : { size: 0, mtimeMs: Number.POSITIVE_INFINITY, ctimeMs: 0 };
      newestMs = Math.max(newestMs, mtimeMs, ctimeMs);
      hash.update(`${path} ${size} ${mtimeMs} ${ctimeMs}\n`);
    }
  };
  walk(root);
  return { hash: hash.digest('base64'), newestMs };
}

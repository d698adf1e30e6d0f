import { join } from 'node:path';

import { systemRefusal } from '../../lib/messages/system-refusal';
import { modelNames } from '../../lib/models/catalog';
import { IMAGE_NAMES, UNRESOLVED } from '../../lib/releases/images';
import type { ReleaseFile } from '../../lib/releases/pin-file';
import { ReleaseProblems } from '../../lib/releases/problem';
import { readReleases, releaseFiles } from '../../lib/releases/releases';
import { type Selection, selectionOf, USAGE } from './arguments';
import { dockerLogins } from './docker-logins';
import { fill } from './fill';
import { Lookups } from './lookups';
import { type PinnedValue, pinnedValues, subjectOf } from './pinned-values';
import { NoAnswer, type Patience } from './requests';

/** What the command works on and whom it asks. */
export interface Surroundings {
  /** The repository, which holds `releases/`. */
  readonly root: string;

  /** Regions of every environment. */
  readonly environments: Readonly<Record<string, readonly string[]>>;

  /** Where docker keeps its logins; the file need not exist. */
  readonly dockerConfig: string;

  /** URL of the Hugging Face hub. */
  readonly hub: string;
  readonly patience: Patience;

  out(line: string): void;
  err(line: string): void;
}

/**
 * Fills the unresolved digests and revisions of the release files, or checks the digests in them.
 *
 * @returns exit code: 0 right, 1 something is left to do, 2 wrong arguments
 */
export async function pinCommand(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { environments, out, err } = surroundings;
  const selection = selectionOf(args, { environments: Object.keys(environments), images: IMAGE_NAMES });
  if (selection === 'help') {
    out(USAGE);
    return 0;
  }
  if (typeof selection === 'string') {
    err(`${selection}\n\n${USAGE}`);
    return 2;
  }
  try {
    const values = checkedFiles(selection, surroundings).flatMap((file) => pinnedValues(file).map((value) => ({ ...value, file })));
    const chosen = values.filter((value) => isChosen(value, selection));
    const lookups = new Lookups(dockerLogins(surroundings.dockerConfig), surroundings.hub, surroundings.patience);
    return selection.check ? await check(chosen, lookups, surroundings) : await resolve(chosen, lookups, surroundings);
  } catch (error) {
    const told = error instanceof ReleaseProblems || error instanceof NoAnswer ? error.message : systemRefusal(error);
    if (told === undefined) throw error;
    err(told);
    return 1;
  }
}

/** A value together with the file that it was read from. */
type Found = PinnedValue & { readonly file: ReleaseFile };

/** The files of the environments chosen. A mistake in another one is none of this run's business. */
function checkedFiles({ environments }: Selection, { root, environments: known }: Surroundings): ReleaseFile[] {
  const files = releaseFiles(join(root, 'releases'));
  const isWanted = (name: string) => environments.length === 0 || environments.includes(name);
  const wanted = files.filter(({ path }) => environments.length === 0 || environments.some((name) => path === `releases/${name}.yaml`));
  readReleases(wanted, {
    environments: Object.fromEntries(Object.entries(known).filter(([name]) => isWanted(name))),
    images: IMAGE_NAMES,
    models: modelNames,
  });
  return wanted;
}

function isChosen(value: Found, { images, check }: Selection): boolean {
  if (images.length > 0 && !(value.kind === 'image' && images.includes(value.name))) return false;
  return check ? value.kind === 'image' && value.value !== UNRESOLVED : value.value === UNRESOLVED;
}

async function resolve(unresolved: readonly Found[], lookups: Lookups, { root, out, err }: Surroundings): Promise<0 | 1> {
  const answers = await lookups.all(unresolved);
  const failures = answers.filter(({ failure }) => failure !== undefined).map(({ value, failure }) => `${value.where} ${failure}`);
  let filled = 0;
  for (const file of new Set(unresolved.map(({ file }) => file))) {
    const found = answers.flatMap(({ value, found }) => (value.file === file && found !== undefined ? [{ ...value, found }] : []));
    const failure = found.length === 0 ? undefined : fill(root, file, found);
    if (failure !== undefined) {
      failures.push(`${file.path}:1:1 ${failure}`);
      continue;
    }
    for (const { where, found: resolved, ...value } of found) out(`${where} ${subjectOf(value)} is ${resolved}`);
    filled += found.length;
  }
  for (const failure of failures) err(failure);
  out(`Filled ${filled} of ${count(unresolved.length, 'unresolved digest or revision', 'unresolved digests and revisions')}`);
  return failures.length === 0 ? 0 : 1;
}

async function check(pinned: readonly Found[], lookups: Lookups, { out, err }: Surroundings): Promise<0 | 1> {
  let confirmed = 0;
  for (const { value, found, failure } of await lookups.all(pinned)) {
    if (found === value.value) confirmed += 1;
    else err(`${value.where} ${failure ?? drift(value, found)}`);
  }
  out(`Confirmed ${confirmed} of ${count(pinned.length, 'digest', 'digests')}`);
  return confirmed === pinned.length ? 0 : 1;
}

function drift(value: PinnedValue, found: string | undefined): string {
  return (
    `Cannot confirm digest "${value.value}" as ${subjectOf(value)} is ${found} now: ` +
    'keep the pinned one, or write "unresolved" and run "npm run pin" to take the other'
  );
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

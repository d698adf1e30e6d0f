import { parseArgs } from 'node:util';

import { quote } from '../../lib/messages/quote';
import { suggestion } from '../../lib/releases/spelling';

export const USAGE = `Usage: npm run pin -- [environment…] [--image NAME]… [--check]

  (none)        ask for every digest and revision that releases/*.yaml leaves "unresolved", and write it there
  environment   only those of releases/<environment>.yaml
  --image NAME  only those of this image; no models
  --check       write nothing: confirm that the digests pinned are still what their tags name

Registries are asked for digests of images, with the logins of docker's config.json; the Hugging Face hub for revisions of models.
A model's sha256 covers all its files: only the Job that fetches the model computes it, and reports it in its log.`;

/** What a run is about. */
export interface Selection {
  /** Empty for all. */
  readonly environments: readonly string[];

  /** Empty for all, and for the models. */
  readonly images: readonly string[];

  /** Whether digests are confirmed instead of filled in. */
  readonly check: boolean;
}

/** Reads the arguments of the command; a text says what is wrong with them. */
export function selectionOf(
  args: readonly string[],
  known: { readonly environments: readonly string[]; readonly images: readonly string[] },
): Selection | 'help' | string {
  const options = { image: { type: 'string', multiple: true }, check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return `Cannot understand ${quote(args.join(' '))} as arguments: use these`;
  }
  const { positionals: environments, values } = parsed;
  const { image: images = [], check = false, help = false } = values;
  if (help) return 'help';
  const environment = environments.find((name) => !known.environments.includes(name));
  if (environment !== undefined) {
    return `Cannot pin environment ${quote(environment)} as there is none of that name: ${suggestion(environment, known.environments)}`;
  }
  const image = images.find((name) => !known.images.includes(name));
  if (image !== undefined) {
    return `Cannot pin image ${quote(image)} as nothing runs an image of that name: ${suggestion(image, known.images)}`;
  }
  return { environments, images, check };
}

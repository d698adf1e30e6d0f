import type * as z from 'zod/mini';
import { closest } from '../messages/closest';
import { quote } from '../messages/quote';
import { attemptMistake, sizeMistake } from './model-rules';
import type { Path, PinFile } from './pin-file';
import { imageKeys, type KnownNames, modelKeys } from './schema';
import { suggestion } from './spelling';

/** What to write for a key that is missing. */
const ADDITIONS: Readonly<Record<string, string>> = {
  images: '"images:" with the images that the environment runs',
  models: '"models:" with the models that it serves, or "models: {}"',
  rings: '"rings:" with the regions in the order in which they receive a pin',
  repository: '"repository: <registry>/<name>"',
  tag: '"tag: <version>"',
  digest: '"digest: sha256:<64 hex digits>" or "digest: unresolved"',
  source: '"source: hf://<owner>/<name>", "s3://<bucket>/<prefix>" or "ollama://<name>"',
  revision: '"revision: <commit>" or "revision: unresolved"',
  sha256: '"sha256: <64 hex digits>" or "sha256: unresolved"',
  size: '"size:" with all files together, like "36.6 GB"',
};

/** Notes what the schema found, in words that name the pin and the cure. */
export function refuseIssues(file: PinFile, issues: readonly z.core.$ZodIssue[], known: KnownNames, environment: string): void {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const { what, keys } = vocabulary(file, issue.path, known, environment);
    for (const key of issue.keys) {
      file.refuse([...issue.path, key], 'key', `Cannot ${what(quote(key))}: ${suggestion(key, keys)}`);
      misspelt.add(String([...issue.path, closest(key, keys)]));
    }
  }
  for (const issue of issues) {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') continue;
    if (issue.code !== 'invalid_type') file.refuse(path, 'value', issue.message);
    else if (file.has(path)) file.refuse(path, 'value', wrongType(file, path, issue.expected));
    else if (!misspelt.has(String(path))) file.refuse(path.slice(0, -1), 'key', missingKey(file, path));
  }
}

/** The names that a map may hold, and how to say that it holds another one. */
function vocabulary(file: PinFile, path: Path, known: KnownNames, environment: string) {
  const [group, name] = withoutRegion(path);
  const noKey = (key: string): string => `use key ${key} as ${thing(file, path)} has no such key`;
  if (path.length === 0) return { keys: ['images', 'models', 'rings', 'regions'], what: noKey };
  if (group === undefined) return { keys: ['images', 'models'], what: noKey };
  if (name !== undefined) return { keys: group === 'images' ? imageKeys : modelKeys, what: noKey };
  if (group === 'images') return { keys: known.images, what: (key: string) => `pin image ${key} as nothing runs an image of that name` };
  if (group === 'models') return { keys: known.models, what: (key: string) => `pin model ${key} as no model has that name` };
  return {
    keys: known.environments[environment] ?? [],
    what: (key: string) => `pin region ${key} as ${environment} has no such region`,
  };
}

function missingKey(file: PinFile, path: Path): string {
  const key = String(path.at(-1));
  return `Cannot use ${thing(file, path.slice(0, -1))} as it has no ${key}: add ${ADDITIONS[key]}`;
}

function wrongType(file: PinFile, path: Path, expected: string): string {
  const name = thing(file, path);
  const source = file.source(path);
  const contents = path.length === 0 ? 'images, models and rings' : 'value';
  if (file.at(path) === null) return `Cannot use ${name} as it is empty: write its ${contents}`;
  const found = source === undefined ? (Array.isArray(file.at(path)) ? 'a list' : 'a map') : quote(source);
  if (expected === 'object') return `Cannot use ${found} as ${name} as that is a map: write "key: value" lines`;
  if (expected === 'array') return `Cannot use ${found} as ${name} as that is a list: write "- " before every entry`;
  if (source === undefined) return `Cannot use ${found} as ${name} as that is a single value: write one value`;
  if (expected === 'number') return attemptMistake(source) ?? `Cannot use ${found} as ${name} as it is in quotes: remove them`;
  const unit = path.at(-1) === 'size' ? sizeMistake(source) : undefined;
  return unit ?? `Cannot use ${found} as ${name} as YAML reads it as no text: put it in quotes`;
}

/** How messages name the value at a path. */
function thing(file: PinFile, path: Path): string {
  const [group, name, field] = withoutRegion(path).map((step) => (typeof step === 'number' ? step + 1 : String(step)));
  if (path.length === 0) return quote(file.path);
  if (group === undefined) return `region ${quote(String(path[1]))}`;
  if (name === undefined) return String(group);
  if (group === 'rings') return field === undefined ? `ring ${name}` : `region ${field} of ring ${name}`;
  const pin = `${group === 'images' ? 'image' : 'model'} ${quote(String(name))}`;
  return field === undefined ? pin : `${field} of ${pin}`;
}

/** The path within an environment or within one of its regions, which look alike. */
function withoutRegion(path: Path): Path {
  return path[0] === 'regions' && path.length > 1 ? path.slice(2) : path;
}

import type * as z from 'zod/mini';

import { attemptMistake, sizeMistake } from './model-rules';
import type { Path, PinFile } from './pin-file';
import { quote } from './problem';
import type { KnownNames } from './schema';
import { suggestion } from './spelling';

const IMAGE_KEYS = ['repository', 'tag', 'digest'];
const MODEL_KEYS = ['source', 'revision', 'sha256', 'size', 'attempt'];

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
export function refuseIssue(file: PinFile, issue: z.core.$ZodIssue, known: KnownNames, environment: string): void {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) file.refuse([...path, key], 'key', unknownKey(file, path, key, known, environment));
  } else if (issue.code !== 'invalid_type') {
    file.refuse(path, 'value', issue.message);
  } else if (file.has(path)) {
    file.refuse(path, 'value', wrongType(file, path, issue.expected));
  } else {
    file.refuse(path.slice(0, -1), 'key', missingKey(file, path));
  }
}

function unknownKey(file: PinFile, path: Path, key: string, known: KnownNames, environment: string): string {
  const place = withoutRegion(path);
  const regions = known.environments[environment] ?? [];
  if (path.length === 1 && path[0] === 'regions') {
    return `Cannot pin region ${quote(key)} as ${environment} has no such region: ${suggestion(key, regions)}`;
  }
  if (place.length === 0) {
    const keys = path.length === 0 ? ['images', 'models', 'rings', 'regions'] : ['images', 'models'];
    return `Cannot use key ${quote(key)} as ${thing(file, path)} has no such key: ${suggestion(key, keys)}`;
  }
  if (place.length === 1 && place[0] === 'images') {
    return `Cannot pin image ${quote(key)} as nothing runs an image of that name: ${suggestion(key, known.images)}`;
  }
  if (place.length === 1) return `Cannot pin model ${quote(key)} as no model has that name: ${suggestion(key, known.models)}`;
  return `Cannot use key ${quote(key)} as ${thing(file, path)} has no such key: ${suggestion(key, place[0] === 'images' ? IMAGE_KEYS : MODEL_KEYS)}`;
}

function missingKey(file: PinFile, path: Path): string {
  const key = String(path.at(-1));
  return `Cannot use ${thing(file, path.slice(0, -1))} as it has no ${key}: add ${ADDITIONS[key]}`;
}

function wrongType(file: PinFile, path: Path, expected: string): string {
  const source = file.source(path);
  const name = thing(file, path);
  if (expected === 'object') {
    if (path.length === 0) return `Cannot use ${name} as it is ${source === '' ? 'empty' : 'no map'}: write its images, models and rings`;
    return `Cannot use ${found(source)} as ${name} as that is a map: ${source === '' ? 'remove it, write {} or ' : ''}write "key: value" lines below it`;
  }
  if (expected === 'array') return `Cannot use ${found(source)} as ${name} as that is a list: write "- " before every entry`;
  if (expected === 'number')
    return attemptMistake(source ?? '') ?? `Cannot use ${found(source)} as ${name} as it is in quotes: remove them`;
  if (source === undefined) return `Cannot use ${found(source)} as ${name} as that is a single value: write it on the same line`;
  if (source === '') return `Cannot use "" as ${name} as it is empty: write a value`;
  const size = path.at(-1) === 'size' ? sizeMistake(source) : undefined;
  return size ?? `Cannot use ${quote(source)} as ${name} as YAML reads it as no text: put it in quotes`;
}

const found = (source: string | undefined): string => (source === undefined ? 'a list or a map' : quote(source));

/** How messages name the value at a path. */
function thing(file: PinFile, path: Path): string {
  const [group, name, field] = withoutRegion(path).map((step) => (typeof step === 'number' ? step + 1 : String(step)));
  if (path.length === 0) return quote(file.path);
  if (group === undefined) return `region ${quote(String(path[1]))}`;
  if (group === 'rings') return field === undefined ? (name === undefined ? 'rings' : `ring ${name}`) : `region ${field} of ring ${name}`;
  if (name === undefined) return group;
  const pin = `${group === 'images' ? 'image' : 'model'} ${quote(String(name))}`;
  return field === undefined ? pin : `${field} of ${pin}`;
}

/** The path within an environment or within one of its regions, which look alike. */
function withoutRegion(path: Path): Path {
  return path[0] === 'regions' && path.length > 1 ? path.slice(2) : path;
}

import * as z from 'zod/mini';
import { quote } from '../messages/quote';
import { digestMistake, repositoryMistake, tagMistake } from './image-rules';
import { attemptMistake, sha256Mistake, sizeMistake, sourceMistake } from './model-rules';

/** Names that release files may use. */
export interface KnownNames<I extends string = string, M extends string = string> {
  /** Regions of every environment. */
  readonly environments: Readonly<Record<string, readonly string[]>>;
  readonly images: readonly I[];
  readonly models: readonly M[];
}

/** No value of a release file is longer, and rules need not be fast on what is. */
const LONGEST_TEXT = 512;

const text = (mistake: (value: string) => string | undefined) => z.string().check(rule((value) => lengthMistake(value) ?? mistake(value)));

function lengthMistake(value: string): string | undefined {
  if (value.length <= LONGEST_TEXT) return undefined;
  return `Cannot use ${quote(value)} as a value as its ${value.length} characters are more than ${LONGEST_TEXT}: shorten it`;
}

const image = z.strictObject({
  repository: text(repositoryMistake),
  tag: text(tagMistake),
  digest: text(digestMistake),
});

const model = z.strictObject({
  source: text(sourceMistake),
  revision: text(() => undefined), // what it looks like depends on the source
  sha256: text(sha256Mistake),
  size: text(sizeMistake),
  attempt: z.optional(z.number().check(rule((attempt) => attemptMistake(String(attempt))))),
});

/** Keys of an image and of a model. */
export const imageKeys = Object.keys(image.shape);
export const modelKeys = Object.keys(model.shape);

/** What the file of an environment looks like. Fields that depend on each other are checked by `agreement.ts`. */
export function environmentSchema(known: KnownNames, regions: readonly string[]) {
  const pins = { images: some(known.images, image), models: some(known.models, model) };
  const ahead = z.strictObject({ images: z.optional(pins.images), models: z.optional(pins.models) });
  return z.strictObject({ ...pins, rings: z.array(z.array(z.string())), regions: z.optional(some(regions, ahead)) });
}

/** The checked contents of the file of an environment. */
export type EnvironmentPins = z.infer<ReturnType<typeof environmentSchema>>;

/** A map of which every key is one of the names, and none is required. */
function some<T extends z.ZodMiniType>(names: readonly string[], value: T) {
  return z.strictObject(Object.fromEntries(names.map((name): [string, z.ZodMiniOptional<T>] => [name, z.optional(value)])));
}

/** A check whose message is the mistake itself. */
function rule<T>(mistake: (value: T) => string | undefined): z.core.CheckFn<T> {
  return ({ value, issues }) => {
    const message = mistake(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  };
}

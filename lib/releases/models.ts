import { UNRESOLVED } from './images';

/** A model as it is pinned in a release file. */
export interface ModelFields {
  readonly source: string;
  readonly revision: string;
  readonly sha256: string;
  readonly size: string;
  readonly attempt?: number | undefined;
}

/** Where a model's files come from. */
export type ModelSource =
  /** A repository on the Hugging Face hub. */
  | { readonly kind: 'hugging-face'; readonly repository: string }
  /** A folder in a bucket. */
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
  /** A name in Ollama's library. */
  | { readonly kind: 'ollama'; readonly name: string };

/** One model of one target: which files, and how many bytes they are. */
export interface ModelPin {
  readonly name: string;

  /** Where the files come from. */
  readonly source: ModelSource;

  /** The source as it is written: `hf://TheBloke/Llama-2-70B-Chat-AWQ`. */
  readonly uri: string;

  /**
   * Commit of the files, 40 hex digits; for Ollama the tag.
   *
   * @default - not looked up yet
   */
  readonly revision?: string;

  /**
   * SHA-256 of the sorted `sha256sum` lines of all files, 64 hex digits.
   *
   * @default - not looked up yet
   */
  readonly sha256?: string;

  /** All files together, bytes. */
  readonly bytes: number;

  /** Counts analyses of the same revision: a higher number makes Flagger analyse it again. */
  readonly attempt: number;
}

/** The model that a pin stands for. */
export function modelOf(name: string, { source, revision, sha256, size, attempt = 1 }: ModelFields): ModelPin {
  return {
    name,
    source: sourceOf(source),
    uri: source,
    ...(revision === UNRESOLVED ? {} : { revision }),
    ...(sha256 === UNRESOLVED ? {} : { sha256 }),
    bytes: bytesOf(size),
    attempt,
  };
}

function sourceOf(uri: string): ModelSource {
  const [scheme, path = ''] = uri.split('://', 2);
  if (scheme === 'hf') return { kind: 'hugging-face', repository: path };
  if (scheme === 'ollama') return { kind: 'ollama', name: path };
  const slash = path.indexOf('/');
  return { kind: 's3', bucket: path.slice(0, slash), prefix: path.slice(slash + 1) };
}

/** Units of a size, bytes. */
export const SIZE_UNITS: Readonly<Record<string, number>> = { MB: 1000 ** 2, GB: 1000 ** 3, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Bytes of a size such as `36.6 GB`; not a number if it has another form. */
export function bytesOf(size: string): number {
  const [, amount, unit = ''] = /^([0-9]+(?:\.[0-9]+)?) ([A-Za-z]+)$/.exec(size) ?? [];
  return Math.round(Number(amount) * (SIZE_UNITS[unit] ?? Number.NaN));
}

import { quote } from '../messages/quote';
import { UNRESOLVED } from './images';
import { bytesOf } from './models';

const SOURCES: Readonly<Record<string, { readonly form: RegExp; readonly rule: string }>> = {
  'hf://': { form: /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, rule: 'the hub names a model by owner and name: write hf://<owner>/<name>' },
  's3://': {
    form: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.=-]+)+$/,
    rule: 'it is not a bucket and a folder: write s3://<bucket>/<prefix>',
  },
  'ollama://': {
    form: /^([a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/,
    rule: 'it is not a name of the library: write ollama://<name>, and the tag under "revision"',
  },
};

const COMMIT = /^[0-9a-f]{40}$/;
const SUM = /^[0-9a-f]{64}$/;
const OLLAMA_TAG = /^[A-Za-z0-9_][\w.-]{0,127}$/;
const ONE_CHARACTER = /^(.)\1+$/;

/** What is wrong with the source of a model, if anything. */
export function sourceMistake(source: string): string | undefined {
  const cannot = `Cannot fetch a model from ${quote(source)} as`;
  const [scheme, { form, rule }] = Object.entries(SOURCES).find(([scheme]) => source.startsWith(scheme)) ?? ['', { form: /^$/, rule: '' }];
  if (scheme === '') return `${cannot} it is in no place known: write hf://<owner>/<name>, s3://<bucket>/<prefix> or ollama://<name>`;
  const path = source.slice(scheme.length);
  return form.test(path) && !/(^|\/)\.{1,2}(\/|$)/.test(path) ? undefined : `${cannot} ${rule}`;
}

/** What is wrong with the revision of a model from this source, if anything. */
export function revisionMistake(revision: string, source: string): string | undefined {
  const cannot = `Cannot pin revision ${quote(revision)} as`;
  if (source.startsWith('ollama://')) {
    if (revision === UNRESOLVED) return `${cannot} a tag of Ollama is chosen, not looked up: write the tag of one variant`;
    if (revision === 'latest') return `${cannot} it may move: write the tag of one variant`;
    return OLLAMA_TAG.test(revision) ? undefined : `${cannot} it is no tag of Ollama: write the tag of one variant`;
  }
  if (revision === UNRESOLVED) return undefined;
  if (ONE_CHARACTER.test(revision)) return `${cannot} it is a placeholder: write "unresolved" until it is known`;
  if (COMMIT.test(revision)) return undefined;
  if (COMMIT.test(revision.toLowerCase())) return `${cannot} it has capitals: write it in lower case`;
  return `${cannot} it is no commit: write its 40 hex digits, or "unresolved"`;
}

/** What is wrong with the checksum of a model, if anything. */
export function sha256Mistake(sha256: string): string | undefined {
  const cannot = `Cannot verify a model by sum ${quote(sha256)} as`;
  if (sha256 === UNRESOLVED) return undefined;
  if (ONE_CHARACTER.test(sha256)) return `${cannot} it is a placeholder: write "unresolved" until it is known`;
  if (SUM.test(sha256)) return undefined;
  if (/^sha256:/i.test(sha256)) return `${cannot} its key names the algorithm already: remove "sha256:"`;
  if (SUM.test(sha256.toLowerCase())) return `${cannot} it has capitals: write it in lower case`;
  return `${cannot} it is no SHA-256 sum: write its 64 hex digits, or "unresolved"`;
}

/** What is wrong with the size of a model, if anything. */
export function sizeMistake(size: string): string | undefined {
  const cannot = `Cannot plan storage for size ${quote(size)} as`;
  const bytes = bytesOf(size);
  if (bytes > 0) return undefined;
  if (bytes === 0 || /^-/.test(size)) return `${cannot} it is not above zero: write it like "36.6 GB"`;
  if (/^[0-9.]+$/.test(size)) return `${cannot} it has no unit: write it like "36.6 GB"`;
  return `${cannot} it is no number of MB, GB, MiB or GiB: write it like "36.6 GB"`;
}

/** What is wrong with the attempt of a model, if anything. */
export function attemptMistake(attempt: string): string | undefined {
  if (/^[1-9][0-9]{0,8}$/.test(attempt)) return undefined;
  return `Cannot count attempt ${quote(attempt)} as attempts are whole numbers from 1: correct it, or remove it for the first`;
}

import { quote } from '../messages/quote';
import { UNRESOLVED } from './images';

/** Names that publishers move from build to build, so that two nodes may run different code under one name. */
const FLOATING_TAG =
  /^(latest|main|master|nightly|edge|stable|dev)$|^(latest|main|master|nightly)[-_.]|[-_.](latest|main|master|nightly)$/i;

const REGISTRY = /^([^/]*[.:][^/]*|localhost)\//;
const REPOSITORY = /^[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ONE_CHARACTER = /^(sha256:)?(.)\2+$/;

/** What is wrong with the repository of an image, if anything. */
export function repositoryMistake(repository: string): string | undefined {
  const cannot = `Cannot pull from repository ${quote(repository)} as`;
  const scheme = /^[a-z]+:\/\//i.exec(repository)?.[0];
  if (repository === '') return `${cannot} it is empty: write <registry>/<name>`;
  if (scheme !== undefined) return `${cannot} it has a scheme: remove "${scheme}"`;
  if (repository.includes('@')) return `${cannot} it holds a digest: write that under "digest"`;
  if (/:[^/]*$/.test(repository)) return `${cannot} it holds a tag: write that under "tag"`;
  if (/[A-Z]/.test(repository)) return `${cannot} registries know lower case only: write ${quote(repository.toLowerCase())}`;
  if (!REGISTRY.test(repository)) return `${cannot} it names no registry: write ${quote(onDockerHub(repository))}`;
  if (!REPOSITORY.test(repository)) return `${cannot} it is no repository's name: write <registry>/<name>`;
  return undefined;
}

/** Where Docker finds a repository that names no registry. */
const onDockerHub = (repository: string): string => `docker.io/${repository.includes('/') ? '' : 'library/'}${repository}`;

/** What is wrong with the tag of an image, if anything. */
export function tagMistake(tag: string): string | undefined {
  const cannot = `Cannot pin tag ${quote(tag)} as`;
  if (tag === '') return `${cannot} it is empty: write the tag of one release`;
  if (tag.includes('@')) return `${cannot} it holds a digest: write that under "digest"`;
  if (FLOATING_TAG.test(tag)) return `${cannot} it may move: write the tag of one release`;
  if (!TAG.test(tag)) return `${cannot} tags hold at most 128 letters, digits, ".", "_" and "-": correct it`;
  return undefined;
}

/** What is wrong with the digest of an image, if anything. */
export function digestMistake(digest: string): string | undefined {
  const cannot = `Cannot pin digest ${quote(digest)} as`;
  const hex = digest.replace(/^sha256:/i, '');
  if (digest === UNRESOLVED) return undefined;
  if (digest === '') return `${cannot} it is empty: write "sha256:" and 64 hex digits, or "unresolved"`;
  if (ONE_CHARACTER.test(digest)) return `${cannot} it is a placeholder: write "unresolved" until it is known`;
  if (DIGEST.test(digest)) return undefined;
  if (DIGEST.test(digest.toLowerCase())) return `${cannot} it has capitals: write it in lower case`;
  if (DIGEST.test(`sha256:${digest}`)) return `${cannot} it does not name its algorithm: write "sha256:" before it`;
  if (/^sha256:[0-9a-f]*$/i.test(digest))
    return `${cannot} it has ${hex.length} hex digits instead of 64: copy it again, or write "unresolved"`;
  return `${cannot} it is no digest: write "sha256:" and 64 hex digits, or "unresolved"`;
}

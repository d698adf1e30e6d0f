import { createHash } from 'node:crypto';

import { quote } from '../../lib/messages/quote';
import { authorizationFor } from './authorization';
import type { Logins } from './docker-logins';
import { type Answer, ask, isOk, NoAnswer, type Patience, refusal } from './requests';

/** What a tag may name: an index of several platforms first, as its digest suits them all. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** An image in a registry. */
export interface TaggedImage {
  readonly repository: string;
  readonly tag: string;
}

/** Where a repository is served. */
export interface Place {
  /** Host as people and docker's logins name it. */
  readonly registry: string;
  readonly origin: string;

  /** Name within the registry. */
  readonly name: string;
}

/** Where the API of a repository is: that of Docker Hub elsewhere than its name says, that of this machine without encryption. */
export function placeOf(repository: string): Place {
  const slash = repository.indexOf('/');
  const registry = repository.slice(0, slash);
  const name = repository.slice(slash + 1);
  if (registry === 'docker.io' || registry === 'index.docker.io') {
    return { registry: 'docker.io', origin: 'https://registry-1.docker.io', name: name.includes('/') ? name : `library/${name}` };
  }
  const isLocal = /^(localhost|127(\.\d+){3})(:\d+)?$/.test(registry);
  return { registry, origin: `${isLocal ? 'http' : 'https'}://${registry}`, name };
}

/**
 * The digest of what a tag names, by the OCI distribution API.
 *
 * @throws {NoAnswer} if the registry does not say
 */
export async function digestOf({ repository, tag }: TaggedImage, logins: Logins, patience: Patience): Promise<string> {
  const place = placeOf(repository);
  const cures = {
    missing: 'correct the repository or the tag',
    denied: `correct the repository, or run "docker login ${place.registry}"`,
  };
  // Without a body first: Docker Hub counts only those with one against its limit.
  const head = await askFor(tag, 'HEAD', place, logins, patience);
  if (!isOk(head) && head.status !== 405) throw refusal(head, cures);
  const named = head.headers.get('docker-content-digest');
  if (isOk(head) && named !== null) {
    refuseOtherTypes(head);
    if (/^sha256:[0-9a-f]{64}$/.test(named)) return named;
    throw new NoAnswer(`${head.host} names digest ${quote(named)}, which is no SHA-256 digest: use another registry`);
  }
  const get = await askFor(tag, 'GET', place, logins, patience);
  if (!isOk(get)) throw refusal(get, cures);
  refuseOtherTypes(get);
  return `sha256:${createHash('sha256').update(get.body).digest('hex')}`;
}

async function askFor(tag: string, method: 'HEAD' | 'GET', place: Place, logins: Logins, patience: Patience): Promise<Answer> {
  const headers = { accept: MANIFESTS.join(', ') };
  const answer = await ask(`${place.origin}/v2/${place.name}/manifests/${tag}`, { method, headers }, patience);
  if (answer.status !== 401) return answer;
  // Only the registry itself gets the login that is meant for it, not whoever it redirects to.
  const login = new URL(answer.url).origin === place.origin ? logins.get(place.registry) : undefined;
  const authorization = await authorizationFor(answer, place.name, login, patience);
  return authorization === undefined ? answer : ask(answer.url, { method, headers: { ...headers, authorization } }, patience);
}

/** A page that asks people to log in has a digest as well. */
function refuseOtherTypes({ host, headers }: Answer): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (!MANIFESTS.includes(type)) throw new NoAnswer(`${host} answers ${quote(type)}, which is no image: correct the repository or the tag`);
}

import { readFileSync } from 'node:fs';

import * as z from 'zod/mini';

import { quote } from '../../lib/messages/quote';
import { NoAnswer } from './requests';

/** How docker logs in to a registry. */
export interface Login {
  /** User and password in Base64, as `Authorization: Basic` takes them. */
  readonly basic: string;

  /**
   * What buys access tokens instead of the password; `az acr login` keeps one.
   *
   * @default - the password does
   */
  readonly identityToken?: string | undefined;
}

/** Logins by the host of their registry. */
export type Logins = ReadonlyMap<string, Login>;

const config = z.object({
  auths: z.optional(
    z.record(
      z.string(),
      z.object({ auth: z.optional(z.string().check(z.regex(/^[A-Za-z0-9+/=]*$/))), identitytoken: z.optional(z.string()) }),
    ),
  ),
});

/**
 * The logins in docker's `config.json`; none if there is no such file. Those that docker leaves to a credential helper are not in it.
 *
 * @throws {NoAnswer} if the file is not what docker writes
 */
export function dockerLogins(path: string): Logins {
  const { data } = config.safeParse(contentOf(path));
  // The parser's own words would repeat what stands in the file.
  if (data === undefined) throw new NoAnswer(`Cannot read logins from ${quote(path)} as docker writes it otherwise: log in again`);
  const logins = new Map<string, Login>();
  for (const [address, { auth = '', identitytoken }] of Object.entries(data.auths ?? {})) {
    if (auth !== '') logins.set(hostOf(address), { basic: auth, identityToken: identitytoken || undefined });
  }
  return logins;
}

function contentOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Docker writes the host of a registry, or a URL; Docker Hub's is that of an API which is no more. */
function hostOf(address: string): string {
  const host = address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' ? 'docker.io' : host;
}

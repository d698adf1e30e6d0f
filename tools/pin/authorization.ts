import type { Login } from './docker-logins';
import { type Answer, ask, isOk, NoAnswer, type Patience, refuseDowngrade } from './requests';

/**
 * What a registry that refused a request wants to see in `Authorization`: the login itself, or a token bought with it, or, without a
 * login, a token for everybody.
 *
 * @param refused the answer, with the registry's challenge
 * @param name repository within the registry
 * @returns undefined if there is nothing to show
 * @throws {NoAnswer} if the registry's token server does not answer as it should
 */
export async function authorizationFor(
  refused: Answer,
  name: string,
  login: Login | undefined,
  patience: Patience,
): Promise<string | undefined> {
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const [, bearer] = /\bBearer\s+(.*)/is.exec(challenge) ?? [];
  if (bearer === undefined) return /\bBasic\b/i.test(challenge) && login ? `Basic ${login.basic}` : undefined;
  const { realm = '', service } = parametersOf(bearer);
  if (!URL.canParse(realm)) throw new NoAnswer(`${refused.host} names no token server: tell who runs it`);
  refuseDowngrade(refused.url, realm);
  const question = { ...(service === undefined ? {} : { service }), scope: `repository:${name}:pull` };
  const answer = await askForToken(realm, question, login, patience);
  if (answer.status === 401 || answer.status === 403) return undefined;
  if (!isOk(answer)) throw new NoAnswer(`${answer.host} answers ${answer.status} instead of a token: run "npm run pin" again later`);
  const { token, access_token: accessToken } = answer.json();
  const given = token ?? accessToken;
  if (typeof given !== 'string' || !/^[\x21-\x7e]+$/.test(given)) {
    throw new NoAnswer(`${answer.host} gives no token: run "npm run pin" again later`);
  }
  return `Bearer ${given}`;
}

function askForToken(realm: string, question: Record<string, string>, login: Login | undefined, patience: Patience): Promise<Answer> {
  if (login?.identityToken !== undefined) {
    const form = { grant_type: 'refresh_token', client_id: 'slipway', refresh_token: login.identityToken, ...question };
    // A redirect would hand the identity token to whoever it names.
    return ask(realm, { method: 'POST', body: new URLSearchParams(form), redirect: 'error' }, patience);
  }
  const url = new URL(realm);
  for (const [key, value] of Object.entries(question)) url.searchParams.set(key, value);
  return ask(url.href, { headers: login === undefined ? {} : { authorization: `Basic ${login.basic}` } }, patience);
}

/** The parameters of a challenge: `realm="https://…",service="…"`. */
function parametersOf(challenge: string): Readonly<Record<string, string>> {
  const matches = challenge.matchAll(/([a-z_]+)=(?:"([^"]*)"|([^\s,"]+))/gi);
  return Object.fromEntries([...matches].map(([, key = '', quoted, plain = '']) => [key.toLowerCase(), quoted ?? plain]));
}

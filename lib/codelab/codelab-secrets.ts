import type { Construct } from 'constructs';

import type { Endpoint } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import { engineKeys } from '../llm-gateway/gateway-config';
import type { ServedModel } from '../models/served-model';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** What `codeLabSecrets` delivers, and composes addresses for. */
export interface CodeLabSecretsProps {
  readonly store: SecretStore;
  readonly cache: Endpoint;

  /** Name of the cache's password in the store. */
  readonly storedCachePassword: string;

  /** Models of the target, whose engines want to see keys. */
  readonly models: readonly ServedModel[];
}

/** Where the services find what is secret. */
export interface CodeLabSecrets {
  /** What agents show the proxy, under the name that they would read OpenAI's key by. */
  readonly proxy: SecretKey;

  /** Key of OpenAI, which the proxy alone holds: it is the only one that reaches the internet. */
  readonly openAi: SecretKey;

  /** What services show each other. */
  readonly internal: SecretKey;

  /** Signs the tokens of users. */
  readonly jwt: SecretKey;

  /** Of the application that users sign in through. */
  readonly oauthClient: SecretKey;

  readonly cacheUrl: SecretKey;

  /** Keys of engines: variable → where a Secret holds it. */
  readonly engines: Readonly<Record<string, SecretKey>>;
}

/** CodeLab's Secrets, under the names and keys that its services have always read. */
export function codeLabSecrets(scope: Construct, { store, cache, storedCachePassword, models }: CodeLabSecretsProps): CodeLabSecrets {
  const deliver = (name: string, values: Readonly<Record<string, string>>, compose?: Readonly<Record<string, string>>): DeliveredSecret =>
    new DeliveredSecret(scope, name, { store, values, ...(compose === undefined ? {} : { compose }) });

  const api = deliver('api-keys', { 'openai-api-key': 'codelab-llm-proxy-key', 'internal-api-key': 'codelab-internal-api-key' });
  const provider = deliver('llm-proxy-provider-keys', { OPENAI_API_KEY: 'codelab-openai-api-key' });
  const jwt = deliver('jwt-secret', { 'jwt-secret-key': 'codelab-jwt-secret-key' });
  const oauth = deliver('oauth-secret', { 'client-secret': 'codelab-oauth-client-secret' });
  const redis = deliver(
    'redis-secret',
    { password: storedCachePassword },
    { url: `redis://:{{ .password | urlquery }}@${cache.host}:${cache.port}/0` },
  );

  const keys = engineKeys(models);
  const engines = Object.keys(keys).length === 0 ? undefined : deliver('llm-proxy-engine-keys', keys);
  return {
    proxy: api.key('openai-api-key'),
    openAi: provider.key('OPENAI_API_KEY'),
    internal: api.key('internal-api-key'),
    jwt: jwt.key('jwt-secret-key'),
    oauthClient: oauth.key('client-secret'),
    cacheUrl: redis.key('url'),
    engines: engines === undefined ? {} : Object.fromEntries(Object.keys(keys).map((variable) => [variable, engines.key(variable)])),
  };
}

import type { Construct } from 'constructs';

import { databaseUrl, type PostgresDatabase } from '../data/postgres-database';
import type { Endpoint } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** Variables whose values the store has as they are, and their names there. */
const FETCHED = {
  // Signs sessions, the same in every pod.
  WEBUI_SECRET_KEY: 'open-webui-secret-key',
  // One that LiteLLM knows, with its own limits.
  OPENAI_API_KEYS: 'open-webui-litellm-key',
  WEBUI_ADMIN_EMAIL: 'open-webui-admin-email',
  WEBUI_ADMIN_PASSWORD: 'open-webui-admin-password',
} as const;

/** Variables composed of a password and the address that it is for. */
const COMPOSED = ['DATABASE_URL', 'REDIS_URL', 'WEBSOCKET_REDIS_URL'] as const;

/** Environment variables of the backend that hold a secret. */
export type KivaSecrets = Readonly<Record<keyof typeof FETCHED | (typeof COMPOSED)[number], SecretKey>>;

/** What `kivaSecrets` composes. */
export interface KivaSecretsProps {
  readonly store: SecretStore;
  readonly database: PostgresDatabase;
  readonly cache: Endpoint;

  /** Name of the cache's password in the store. */
  readonly storedCachePassword: string;
}

/** The Secret `open-webui-secrets`, as environment variables of the backend. */
export function kivaSecrets(scope: Construct, { store, database, cache, storedCachePassword }: KivaSecretsProps): KivaSecrets {
  const names = Object.keys(FETCHED) as (keyof typeof FETCHED)[];
  const redis = `redis://:{{ .cachePassword | urlquery }}@${cache.host}:${cache.port}/0`;

  const secret = new DeliveredSecret(scope, 'open-webui-secrets', {
    store,
    values: { ...FETCHED, databasePassword: database.storedPassword, cachePassword: storedCachePassword },
    compose: {
      ...Object.fromEntries(names.map((name) => [name, `{{ .${name} }}`])),
      DATABASE_URL: databaseUrl(database, 'databasePassword'),
      REDIS_URL: redis,
      WEBSOCKET_REDIS_URL: redis,
    },
  });
  return Object.fromEntries([...names, ...COMPOSED].map((name) => [name, secret.key(name)])) as unknown as KivaSecrets;
}

import type { Construct } from 'constructs';

import { databaseUrl, type PostgresDatabase } from '../data/postgres-database';
import type { SecretKey } from '../kubernetes/secret-key';
import { engineKeys } from '../llm-gateway/gateway-config';
import type { ServedModel } from '../models/served-model';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** Variables that every pod needs, and the names of their values in the store. */
const KEYS = {
  LITELLM_MASTER_KEY: 'litellm-master-key',
  // Encrypts what the database holds, and can never change afterwards.
  LITELLM_SALT_KEY: 'litellm-salt-key',
} as const;

/** The Secret `litellm-secrets`, as environment variables of the proxy: its own keys, its database, the engines' keys. */
export function liteLlmSecrets(
  scope: Construct,
  { store, database, models }: { store: SecretStore; database: PostgresDatabase; models: readonly ServedModel[] },
): Readonly<Record<string, SecretKey>> & { readonly DATABASE_URL: SecretKey } {
  const values: Record<string, string> = { ...KEYS, ...engineKeys(models) };
  const fetched = Object.keys(values).map((variable) => [variable, `{{ .${variable} }}`]);

  const secret = new DeliveredSecret(scope, 'litellm-secrets', {
    store,
    values: { ...values, databasePassword: database.storedPassword },
    compose: { ...Object.fromEntries(fetched), DATABASE_URL: databaseUrl(database, 'databasePassword') },
  });
  return {
    ...Object.fromEntries(Object.keys(values).map((variable) => [variable, secret.key(variable)])),
    DATABASE_URL: secret.key('DATABASE_URL'),
  };
}

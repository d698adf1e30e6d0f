import type { Construct } from 'constructs';

import type { MongoConsumer } from '../data/mongo';
import type { SecretKey } from '../kubernetes/secret-key';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** Properties for `serviceSecrets`. */
export interface ServiceSecretsProps {
  readonly store: SecretStore;
  readonly database: MongoConsumer;

  /** Variables whose values the store has as they are, and their names there. */
  readonly fetched: Readonly<Record<string, string>>;
}

/** The Secret `<service>-secrets`, as environment variables of the service: each service has what it needs itself. */
export function serviceSecrets(
  scope: Construct,
  service: string,
  { store, database, fetched }: ServiceSecretsProps,
): Readonly<Record<string, SecretKey>> {
  const compose = {
    MONGODB_URL: database.url('databasePassword'),
    ...Object.fromEntries(Object.keys(fetched).map((variable) => [variable, `{{ .${variable} }}`])),
  };
  const secret = new DeliveredSecret(scope, `${service}-secrets`, {
    store,
    values: { databasePassword: database.storedPassword, ...fetched },
    compose,
  });
  return Object.fromEntries(Object.keys(compose).map((variable) => [variable, secret.key(variable)]));
}

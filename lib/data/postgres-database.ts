import { k8s } from 'cdk8s-plus-27';

import type { Endpoint } from '../kubernetes/endpoint';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { restrictedContainer } from '../security/restricted';

/** The database of one consumer: its own, owned by a role of the same name. */
export interface PostgresDatabase {
  /** Name of the database and of its role. */
  readonly name: string;

  /** The instance that takes the writes, wherever a failover puts it. */
  readonly endpoint: Endpoint;

  /** Password of the role, for pods. */
  readonly password: SecretKey;

  /** Name of the password in the target's store, for Secrets composed with it. */
  readonly storedPassword: string;
}

/**
 * The database's URL as an External Secrets template, for what takes nothing but a URL.
 *
 * @param password name of the template's variable that holds the password
 */
export function databaseUrl({ name, endpoint }: Pick<PostgresDatabase, 'name' | 'endpoint'>, password: string): string {
  return `postgresql://${name}:{{ .${password} | urlquery }}@${endpoint.host}:${endpoint.port}/${name}?sslmode=require`;
}

/**
 * An init container that ends once the database lets its role in: role, password and database come from a controller,
 * which is not done when the objects are applied.
 *
 * @param image PostgreSQL's own
 */
export function waitForDatabase(image: string, { name, endpoint, password }: PostgresDatabase): k8s.Container {
  const small = { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') };
  return {
    name: 'wait-for-database',
    image,
    command: ['sh', '-c', "until psql --no-password --quiet --command 'select 1' > /dev/null; do sleep 5; done"],
    env: [
      { name: 'PGHOST', value: endpoint.host },
      { name: 'PGPORT', value: `${endpoint.port}` },
      { name: 'PGDATABASE', value: name },
      { name: 'PGUSER', value: name },
      envFromSecret('PGPASSWORD', password),
      { name: 'PGSSLMODE', value: 'require' },
      { name: 'PGCONNECT_TIMEOUT', value: '5' },
    ],
    resources: { requests: small, limits: small },
    securityContext: restrictedContainer,
  };
}

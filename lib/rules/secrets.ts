import type { Manifest } from '../kubernetes/manifest';
import { isRecord, records } from './fields';
import type { TargetIndex } from './target-index';

/** A Secret that a controller makes. */
export interface SecretKeys {
  /** What it is made from. */
  readonly by: Manifest;

  /** Its keys; undefined where only the store knows them. */
  readonly keys: ReadonlySet<string> | undefined;
}

const CERTIFICATE_KEYS = new Set(['ca.crt', 'tls.crt', 'tls.key']);

/** What CloudNativePG makes for a cluster, by the Secret's suffix. */
const POSTGRES_SECRETS: Readonly<Record<string, ReadonlySet<string>>> = {
  app: new Set(['dbname', 'fqdn-jdbc-uri', 'fqdn-uri', 'host', 'jdbc-uri', 'password', 'pgpass', 'port', 'uri', 'user', 'username']),
  ca: new Set(['ca.crt', 'ca.key']),
  replication: new Set(['tls.crt', 'tls.key']),
  server: new Set(['tls.crt', 'tls.key']),
};

/** Every Secret that External Secrets, cert-manager or CloudNativePG makes, by `namespace/name`. */
export function secretsOf(target: TargetIndex): ReadonlyMap<string, SecretKeys> {
  const secrets = new Map<string, SecretKeys>();
  const add = (by: Manifest, name: unknown, keys: ReadonlySet<string> | undefined): void => {
    secrets.set(`${by.metadata.namespace ?? ''}/${String(name)}`, { by, keys });
  };

  for (const certificate of target.all('Certificate.cert-manager.io')) {
    add(certificate, certificate.spec?.secretName, CERTIFICATE_KEYS);
  }
  for (const cluster of target.all('Cluster.postgresql.cnpg.io')) {
    const { name } = cluster.metadata;
    for (const suffix in POSTGRES_SECRETS) add(cluster, `${name}-${suffix}`, POSTGRES_SECRETS[suffix]);
    if (cluster.spec?.enableSuperuserAccess === true) add(cluster, `${name}-superuser`, POSTGRES_SECRETS.app);
  }
  for (const external of target.all('ExternalSecret.external-secrets.io')) {
    const destination = external.spec?.target;
    if (destination?.creationPolicy !== 'None') add(external, destination?.name ?? external.metadata.name, externalKeys(external));
  }
  return secrets;
}

/** A template replaces the keys that were fetched, unless it says `Merge` or is about type and metadata alone. */
function externalKeys({ spec }: Manifest): ReadonlySet<string> | undefined {
  const template = spec?.target?.template;
  if (records(spec?.dataFrom).length > 0 && !isRecord(template?.data)) return undefined;
  if (records(template?.templateFrom).length > 0) return undefined;

  const fetched = records(spec?.data).map(({ secretKey }) => secretKey);
  if (!isRecord(template?.data)) return new Set(fetched);
  const written = Object.keys(template.data);
  if (template.mergePolicy !== 'Merge') return new Set(written);
  return records(spec?.dataFrom).length > 0 ? undefined : new Set([...fetched, ...written]);
}

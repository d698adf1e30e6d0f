import { record, records } from '../fields';
import type { Rule } from '../rule';

export const rolesAgree: Rule = {
  id: 'roles-agree',
  title: 'The Secret of a database’s role carries the name of the role.',
  why: 'CloudNativePG sets no password from a Secret whose username is another one: the role keeps an older password, or none, and whoever connects is refused.',
  fix: 'Take role and Secret from PostgresCluster of lib/data/postgres.ts, which names the role once.',
  *check(target) {
    for (const { metadata, spec } of target.all('Cluster.postgresql.cnpg.io')) {
      for (const { name, passwordSecret } of records(record(spec?.managed).roles)) {
        const object = target.secrets.get(`${metadata.namespace}/${passwordSecret?.name}`)?.by;
        const username: unknown = record(object?.spec?.target?.template?.data).username;
        if (object === undefined || typeof username !== 'string' || username.includes('{{') || username === name) continue;
        yield { object, field: '/spec/target/template/data/username', message: `is "${username}", and the Secret is of role "${name}"` };
      }
    }
  },
};

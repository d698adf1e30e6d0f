import { record, records } from '../fields';
import type { Rule } from '../rule';

const RELOAD = 'cnpg.io/reload';

export const passwordsAreRenewed: Rule = {
  id: 'passwords-are-renewed',
  title: 'Every Secret with the password of a database role names that role, and CloudNativePG is told to follow it.',
  why: 'CloudNativePG sets a password when the role is made, and again only for Secrets with its label: after a renewal in the store clients log in with a password that the database does not know. A Secret with the name of another role it refuses.',
  fix: `Let the template of the ExternalSecret carry ${RELOAD}: "true" and the role as username, as lib/data/postgres.ts does.`,
  *check(target) {
    for (const cluster of target.all('Cluster.postgresql.cnpg.io')) {
      for (const { name: role, passwordSecret } of records(record(cluster.spec?.managed).roles)) {
        const object = target.secrets.get(`${cluster.metadata.namespace}/${record(passwordSecret).name}`)?.by;
        if (object?.kind !== 'ExternalSecret') continue;
        const template = record(object.spec?.target?.template);
        const label: unknown = record(record(template.metadata).labels)[RELOAD];
        if (label !== 'true') {
          const message = `lacks ${RELOAD}: "true": role "${role}" of ${cluster.metadata.name} would keep its password when the store has a new one`;
          yield { object, field: '/spec/target/template/metadata/labels', message };
        }
        const user: unknown = record(template.data).username;
        if (typeof user !== 'string' || user.includes('{{') || user === role) continue;
        const message = `is "${user}", and the password is that of role "${role}" of ${cluster.metadata.name}`;
        yield { object, field: '/spec/target/template/data/username', message };
      }
    }
  },
};

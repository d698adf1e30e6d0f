import { record, records } from '../fields';
import type { Rule } from '../rule';

const RELOAD = 'cnpg.io/reload';

export const passwordsAreRenewed: Rule = {
  id: 'passwords-are-renewed',
  title: 'CloudNativePG is told to follow every Secret with the password of a database role.',
  why: 'CloudNativePG sets a password when the role is made, and again only for Secrets with its label: after a renewal in the store clients log in with a password that the database does not know.',
  fix: `Let the template of the ExternalSecret carry ${RELOAD}: "true", as lib/data/postgres.ts does.`,
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
      }
    }
  },
};

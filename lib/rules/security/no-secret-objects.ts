import type { Rule } from '../rule';

export const noSecretObjects: Rule = {
  id: 'no-secret-objects',
  title: 'There are no Secrets in Git.',
  why: 'Everybody who can read the repository can read its values, also after they are removed.',
  fix: 'Deliver the values with DeliveredSecret of lib/security/delivered-secret.ts, and revoke those that were committed.',
  alone: true,
  *check(target) {
    for (const object of target.all('Secret')) yield { object, field: '/kind', message: 'is Secret: its values would be in Git' };
  },
};

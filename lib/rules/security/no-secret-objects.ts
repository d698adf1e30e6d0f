import type { Rule } from '../rule';

export const noSecretObjects: Rule = {
  id: 'no-secret-objects',
  title: 'There are no Secrets in Git.',
  why: 'Everybody who reads the repository reads its values, for ever, and Argo CD writes a placeholder over the real value at every sync.',
  fix: 'Deliver the values with an ExternalSecret.',
  alone: true,
  *check(target) {
    for (const object of target.all('Secret')) yield { object, field: '/kind', message: 'is Secret' };
  },
};

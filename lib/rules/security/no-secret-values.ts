import type { Rule } from '../rule';
import { visitTexts } from '../texts';
import { credentialIn, isLiteral, isSensitive } from './secret-shapes';

/** Fields of these names may hold the name of a Secret; those of a KongConsumer hold nothing else. */
const NAMES_SECRET = /secret$|credentials?$/i;

/** Kong's label of a Secret says which kind of credential is in it. */
const KONG_LABEL = 'konghq.com/credential';
const KONG_KINDS: ReadonlySet<string> = new Set(['acl', 'basic-auth', 'hmac-auth', 'jwt', 'key-auth', 'mtls-auth', 'oauth2']);
const isKind = (value: string, title: string): boolean => title === KONG_LABEL && KONG_KINDS.has(value);

export const noSecretValues: Rule = {
  id: 'no-secret-values',
  title: 'Nothing in Git looks like a credential.',
  why: 'Everybody who can read the repository can read it, also after a later commit removes it.',
  fix: 'Deliver the value with DeliveredSecret of lib/security/delivered-secret.ts, reference it where it is needed, and revoke what was written here.',
  *check(target) {
    for (const object of target.notable.credentials) {
      const isName = (value: string, title: string): boolean =>
        NAMES_SECRET.test(title) && (object.kind === 'KongConsumer' || target.secrets.has(`${object.metadata.namespace ?? ''}/${value}`));

      const problems = visitTexts(object, ({ value, title }) => {
        if (isSensitive(title) && isLiteral(title, value) && !isName(value, title) && !isKind(value, title))
          return `holds a value for "${title.replace(/^-+/, '')}"`;
        const credential = credentialIn(value, title);
        return credential === undefined ? undefined : `holds ${credential}`;
      });
      for (const { field, found } of problems) yield { object, field, message: found };
    }
  },
};

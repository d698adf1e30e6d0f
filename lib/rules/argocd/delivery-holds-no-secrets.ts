import { follow, path } from '../fields';
import type { FleetRule } from '../rule';
import { noSecretObjects } from '../security/no-secret-objects';
import { noSecretValues } from '../security/no-secret-values';
import { credentialIn } from '../security/secret-shapes';

/** What charts call the field that names a Secret which somebody else delivers. */
const NAMES_SECRET = /\/(?:existingSecret|[a-z]\w*SecretName|secretName)$/;

export const deliveryHoldsNoSecrets: FleetRule = {
  id: 'delivery-holds-no-secrets',
  title: 'Nothing that configures Argo CD or an addon looks like a credential.',
  why: 'Everybody who can read the repository can read the values of charts, also after a later commit removes them.',
  fix: 'Deliver the value with an ExternalSecret, let the chart name the Secret, and revoke what was written here.',
  *checkFleet({ hub }) {
    yield* noSecretObjects.check(hub);
    for (const problem of noSecretValues.check(hub)) {
      if (NAMES_SECRET.test(problem.field)) {
        const [found] = follow(problem.object, path(problem.field));
        if (credentialIn(String(found?.value), 'name') === undefined) continue;
      }
      yield problem;
    }
  },
};

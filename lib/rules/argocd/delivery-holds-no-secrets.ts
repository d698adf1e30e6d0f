import type { FleetRule } from '../rule';
import { noSecretObjects } from '../security/no-secret-objects';
import { noSecretValues } from '../security/no-secret-values';

export const deliveryHoldsNoSecrets: FleetRule = {
  id: 'delivery-holds-no-secrets',
  title: 'Nothing that configures Argo CD or an addon looks like a credential.',
  why: 'Values of charts are read by everybody who reads the repository, and stay in its history.',
  fix: 'Deliver the value with an ExternalSecret, let the chart name the Secret, and revoke what was written here.',
  *checkFleet({ hub }) {
    yield* noSecretObjects.check(hub);
    yield* noSecretValues.check(hub);
  },
};

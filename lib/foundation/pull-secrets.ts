import { Construct } from 'constructs';

import type { OwnNamespace } from '../kubernetes/namespaces';
import { EDGE } from '../routing/kong';
import { DeliveredSecret } from '../security/delivered-secret';
import { PULL_SECRET } from '../security/pull-secret';
import type { SecretStore } from '../security/secret-store';

/** Delivers the credentials of the private registry to where our images run, for nodes without an identity that may pull. */
export function definePullSecrets(scope: Construct, namespaces: readonly OwnNamespace[], store: SecretStore): void {
  for (const namespace of namespaces) {
    if (namespace === EDGE) continue; // only Kong runs there, whose images are public
    new DeliveredSecret(new Construct(scope, `pull-secret-of-${namespace}`), PULL_SECRET, {
      namespace,
      store,
      type: 'kubernetes.io/dockerconfigjson',
      values: { '.dockerconfigjson': 'acr-dockerconfigjson' },
    });
  }
}

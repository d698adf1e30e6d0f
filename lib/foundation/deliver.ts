import { type ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';

import { DeliveredSecret, type DeliveredSecretProps } from '../security/delivered-secret';

/** Delivers a Secret into another namespace than the foundation's own: to where it is read. */
export function deliver(scope: Construct, name: string, namespace: string, props: DeliveredSecretProps): void {
  const secret = new DeliveredSecret(new Construct(scope, `deliver-to-${namespace}`), name, props);
  (secret.node.findChild('external-secret') as ApiObject).addJsonPatch(JsonPatch.add('/metadata/namespace', namespace));
}

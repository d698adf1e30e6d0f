import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { ClusterSecretStore } from '../../imports/external-secrets.io';
import type { AddonNamespace, OwnNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { ground, stores } from '../kubernetes/sync-wave';
import { INTERNAL_CERTIFICATE, internalCa } from '../routing/internal-ca';
import { EDGE } from '../routing/kong';
import { letRead, secretsOf } from './cluster-store';

const NAMESPACE: AddonNamespace = 'external-secrets';

/** The identity that copies. No pod runs as it. */
const ACCOUNT = { name: internalCa.name, namespace: NAMESPACE };

/** Namespaces with somebody who reads the CA's certificate: the gateway, which hands it out. Pods of ours call no host that it signs. */
const READERS: readonly OwnNamespace[] = [EDGE];

/** Delivers the certificate of the cluster's own CA to the namespaces that read it, and never a key. */
export class CaStore extends Construct {
  constructor(scope: Construct) {
    super(scope, 'ca-store');

    new k8s.KubeServiceAccount(this, 'account', { metadata: { ...ACCOUNT, annotations: ground }, automountServiceAccountToken: false });
    letRead(this, { namespace: EDGE, secret: INTERNAL_CERTIFICATE }, ACCOUNT);
    new ClusterSecretStore(this, 'store', {
      metadata: { name: internalCa.name, annotations: { ...stores, ...fromAddon } },
      spec: { provider: { kubernetes: secretsOf(EDGE, ACCOUNT) }, conditions: [{ namespaces: [...READERS] }] },
    });
  }
}

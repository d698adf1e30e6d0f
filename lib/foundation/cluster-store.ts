import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import {
  type ClusterSecretStoreSpecProviderKubernetes,
  ClusterSecretStoreSpecProviderKubernetesServerCaProviderType,
} from '../../imports/external-secrets.io';
import { ground } from '../kubernetes/sync-wave';

/** A Secret of the cluster itself that others are copied from. */
export interface ClusterSecret {
  readonly namespace: string;
  readonly secret: string;
}

/** A service account. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** A store whose entries are the Secrets of a namespace, as far as an account may read them. */
export function secretsOf(namespace: string, account: Account): ClusterSecretStoreSpecProviderKubernetes {
  return {
    remoteNamespace: namespace,
    auth: { serviceAccount: account },
    server: {
      caProvider: {
        type: ClusterSecretStoreSpecProviderKubernetesServerCaProviderType.CONFIG_MAP,
        name: 'kube-root-ca.crt',
        key: 'ca.crt',
        namespace,
      },
    },
  };
}

/** Lets an account read one Secret, and nothing else there. */
export function letRead(scope: Construct, { namespace, secret }: ClusterSecret, account: Account): void {
  const metadata = { name: account.name, namespace, annotations: ground };
  new k8s.KubeRole(scope, 'role', {
    metadata,
    rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret], verbs: ['get'] }],
  });
  new k8s.KubeRoleBinding(scope, 'binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account.name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}

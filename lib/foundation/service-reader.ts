import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { OwnNamespace } from '../kubernetes/namespaces';
import { ground } from '../kubernetes/sync-wave';

/** Group of the identity provider whose members look after the services. */
const GROUP = 'slipway-service-readers';

const NAME = 'service-reader';

const READ = ['get', 'list', 'watch'];

/** Accounts that programs look at services with, by their namespace. */
const ACCOUNTS: Partial<Record<OwnNamespace, string>> = { llm: 'llm-service-operator' };

/**
 * Lets people see what runs in a namespace and how much it takes, and where engines run the programs that look after them for people: no
 * Secrets, no changes, which Git makes.
 */
export class ServiceReader extends Construct {
  constructor(scope: Construct, namespace: OwnNamespace) {
    super(scope, `${NAME}-${namespace}`);

    const metadata = { name: NAME, namespace, annotations: ground };
    const account = ACCOUNTS[namespace];
    if (account !== undefined) {
      new k8s.KubeServiceAccount(this, 'account', {
        metadata: { ...metadata, name: account },
        automountServiceAccountToken: false,
      });
    }
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['endpoints', 'pods', 'services'], verbs: READ },
        { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: READ },
        { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
      ],
    });
    new k8s.KubeRoleBinding(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: GROUP },
        ...(account === undefined ? [] : [{ kind: 'ServiceAccount', name: account, namespace }]),
      ],
    });
  }
}

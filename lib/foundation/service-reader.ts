import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { OwnNamespace } from '../kubernetes/namespaces';
import { ground } from '../kubernetes/sync-wave';

/** Group of the identity provider whose members look after the services. */
const GROUP = 'slipway-service-readers';

const NAME = 'service-reader';

const READ = ['get', 'list', 'watch'];

/** Lets people see what runs in a namespace and how much it takes: no Secrets, no changes, which Git makes. */
export class ServiceReader extends Construct {
  constructor(scope: Construct, namespace: OwnNamespace) {
    super(scope, `${NAME}-${namespace}`);

    const metadata = { name: NAME, namespace, annotations: ground };
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
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: GROUP }],
    });
  }
}

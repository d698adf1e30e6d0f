import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import { ground } from '../kubernetes/sync-wave';
import { prometheus } from '../observability/prometheus';

const READ = ['get', 'list', 'watch'];

/** Lets Prometheus find what there is to scrape in every namespace, and read what kubelets and the API server say about themselves. */
export function definePrometheusRights(scope: Construct): void {
  const { name, namespace } = prometheus;
  const metadata = { name, annotations: ground };

  new k8s.KubeClusterRole(scope, 'prometheus-role', {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['endpoints', 'nodes', 'pods', 'services'], verbs: READ },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
      { nonResourceUrLs: ['/metrics'], verbs: ['get'] },
    ],
  });
  new k8s.KubeClusterRoleBinding(scope, 'prometheus-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}

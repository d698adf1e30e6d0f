import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { follow, path } from '../fields';
import { CLUSTER_NAMESPACES } from '../known-externals';
import { perObject } from '../per-object';
import type { Rule } from '../rule';

const NAMED = [
  {
    of: 'NetworkPolicy.networking.k8s.io',
    paths: ['ingress/*/from', 'egress/*/to'].map((side) =>
      path(`/spec/${side}/*/namespaceSelector/matchLabels/kubernetes.io~1metadata.name`),
    ),
  },
  { of: 'PodMonitor.monitoring.coreos.com', paths: [path('/spec/namespaceSelector/matchNames/*')] },
  { of: 'ServiceMonitor.monitoring.coreos.com', paths: [path('/spec/namespaceSelector/matchNames/*')] },
  { of: 'ClusterSecretStore.external-secrets.io', paths: [path('/spec/conditions/*/namespaces/*')] },
  { of: 'RoleBinding.rbac.authorization.k8s.io', paths: [path('/subjects/*/namespace')] },
  { of: 'ClusterRoleBinding.rbac.authorization.k8s.io', paths: [path('/subjects/*/namespace')] },
].map(({ of, paths }) => ({ of, namesIn: perObject((object) => paths.flatMap((each) => follow(object, each))) }));

export const namespacesResolve: Rule = {
  id: 'namespaces-resolve',
  title: 'Every namespace that holds an object, or that a policy, a monitor or a binding names, is defined.',
  why: 'Applications create no namespaces, since one that they created would have no Pod Security labels and no quota; the sync fails instead.',
  fix: 'Add the namespace to the foundation.',
  *check(target) {
    const unknown = (name: string): boolean => !CLUSTER_NAMESPACES.has(name) && target.find('Namespace', '', name) === undefined;
    for (const object of target.objects) {
      const { namespace } = object.metadata;
      if (namespace === undefined) {
        if (!isClusterScoped(object) && object.kind !== 'Namespace') {
          yield { object, field: '/metadata', message: 'has no namespace' };
        }
      } else if (unknown(namespace)) {
        yield { object, field: '/metadata/namespace', message: `is "${namespace}", which no app defines` };
      }
    }
    for (const { of, namesIn } of NAMED) {
      for (const object of target.all(of)) {
        for (const { field, value } of namesIn(object)) {
          if (unknown(value)) yield { object, field, message: `is "${value}", which no app defines` };
        }
      }
    }
  },
};

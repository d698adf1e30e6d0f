import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { follow, path } from '../fields';
import { CLUSTER_NAMESPACES } from '../known-externals';
import { perObject } from '../per-object';
import { there } from '../references/there';
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
  why: 'Applications create no namespaces, as those would have no Pod Security labels and no quota: the sync fails with "namespaces … not found", and a policy for a namespace that is not there admits nobody.',
  fix: 'Correct the name, or add the namespace to lib/kubernetes/namespaces.ts, from which lib/foundation/namespaces.ts defines it.',
  *check(target) {
    const unknown = (name: string): boolean => !CLUSTER_NAMESPACES.has(name) && target.find('Namespace', '', name) === undefined;
    const names = () => target.all('Namespace').map(({ metadata }) => metadata.name);
    for (const object of target.objects) {
      const { namespace } = object.metadata;
      const ofCluster = isClusterScoped(object) || object.kind === 'Namespace';
      if (namespace === undefined) {
        if (!ofCluster) yield { object, field: '/metadata/namespace', message: `is missing: a ${object.kind} needs a namespace` };
      } else if (ofCluster) {
        const message = `is "${namespace}", but a ${object.kind} belongs to the whole cluster and has no namespace`;
        yield { object, field: '/metadata/namespace', message };
      } else if (unknown(namespace)) {
        yield { object, field: '/metadata/namespace', message: `is "${namespace}", which no app defines${there(names(), namespace)}` };
      }
    }
    for (const { of, namesIn } of NAMED) {
      for (const object of target.all(of)) {
        for (const { field, value } of namesIn(object)) {
          if (unknown(value)) yield { object, field, message: `is "${value}", which no app defines${there(names(), value)}` };
        }
      }
    }
  },
};

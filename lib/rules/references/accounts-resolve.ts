import { follow, path, records } from '../fields';
import { CLUSTER_ROLES } from '../known-externals';
import type { Rule } from '../rule';
import { missing } from './named-objects';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`);

/** The accounts by which External Secrets reads the stores of the clouds, and a local one. */
const STORE_ACCOUNTS = [
  'aws/auth/jwt/serviceAccountRef',
  'azurekv/serviceAccountRef',
  'gcpsm/auth/workloadIdentity/serviceAccountRef',
  'kubernetes/auth/serviceAccount',
].map((reference) => path(`/spec/provider/${reference}`));

export const accountsResolve: Rule = {
  id: 'accounts-resolve',
  title: 'Every service account and role that is named exists.',
  why: 'Pods whose service account does not exist are never created; a binding to a role or an account that does not exist grants nothing.',
  fix: 'Correct the name, or define the ServiceAccount in the namespace of its pods, and the role beside its binding.',
  *check(target) {
    for (const { object, namespace, pod, field } of target.workloads) {
      const name = pod.serviceAccountName;
      if (name === undefined || name === 'default' || target.exists('ServiceAccount', namespace, name)) continue;
      yield { object, field: `${field}/serviceAccountName`, message: missing(target, 'ServiceAccount', namespace, name) };
    }
    for (const object of target.all('ClusterSecretStore.external-secrets.io')) {
      for (const { field, value } of STORE_ACCOUNTS.flatMap((each) => follow(object, each))) {
        const where = String(value.namespace);
        if (target.exists('ServiceAccount', where, value.name)) continue;
        yield { object, field: `${field}/name`, message: missing(target, 'ServiceAccount', where, value.name) };
      }
    }
    for (const object of BINDINGS.flatMap((kind) => target.all(kind))) {
      for (const [i, { kind, name, namespace }] of records(object.subjects).entries()) {
        const where = namespace ?? object.metadata.namespace ?? '';
        // Accounts of addons come with their charts, so only namespaces where pods of ours run can be judged.
        const judged = target.workloads.some((workload) => workload.namespace === where);
        if (kind !== 'ServiceAccount' || name === 'default' || !judged || target.exists('ServiceAccount', where, name)) continue;
        yield { object, field: `/subjects/${i}/name`, message: missing(target, 'ServiceAccount', where, name) };
      }
      const { kind, name } = object.roleRef ?? {};
      const where = kind === 'Role' ? (object.metadata.namespace ?? '') : '';
      if (kind === 'ClusterRole' && CLUSTER_ROLES.has(name)) continue;
      if (!target.exists(`${kind}.rbac.authorization.k8s.io`, where, name)) {
        yield { object, field: '/roleRef/name', message: missing(target, `${kind}.rbac.authorization.k8s.io`, where, name) };
      }
    }
  },
};

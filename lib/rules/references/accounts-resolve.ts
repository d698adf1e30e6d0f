import type { Manifest } from '../../kubernetes/manifest';
import { follow, path, records } from '../fields';
import { CLUSTER_ROLES } from '../known-externals';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { missing } from './named-objects';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`);

/** The accounts by which External Secrets reads the stores of the clouds, and a local one. */
const STORE_ACCOUNTS = [
  'aws/auth/jwt/serviceAccountRef',
  'azurekv/serviceAccountRef',
  'gcpsm/auth/workloadIdentity/serviceAccountRef',
  'kubernetes/auth/serviceAccount',
].map((reference) => path(`/spec/provider/${reference}`));

/** Where operators are told which account the pods run under that they make. */
const MADE = {
  'Alertmanager.monitoring.coreos.com': path('/spec/serviceAccountName'),
  'Prometheus.monitoring.coreos.com': path('/spec/serviceAccountName'),
  'InferenceService.serving.kserve.io': path('/spec/predictor/serviceAccountName'),
};

/** An account that something names. */
interface Named {
  readonly object: Manifest;
  readonly field: string;
  readonly namespace: string;
  readonly name: string;

  /** Whether it may be defined elsewhere: accounts of addons come with their charts. */
  readonly foreign?: boolean;
}

export const accountsResolve: Rule = {
  id: 'accounts-resolve',
  title: 'Every service account and role that is named exists, and every account is of a pod or has rights.',
  why: 'Pods whose service account does not exist are never created; a binding to a role or an account that does not exist grants nothing. An account of nobody is what a misspelt name leaves behind.',
  fix: 'Correct the name, or define the ServiceAccount in the namespace of its pods, and the role beside its binding; remove an account that nothing names.',
  *check(target) {
    const used = new Set<string>();
    const inDoubt = new Set<string>();
    for (const { object, field, namespace, name, foreign } of accounts(target)) {
      used.add(`${namespace}/${name}`);
      if (foreign === true || target.exists('ServiceAccount', namespace, name)) continue;
      inDoubt.add(namespace);
      yield { object, field, message: missing(target, 'ServiceAccount', namespace, name) };
    }
    for (const object of target.all('ServiceAccount')) {
      const { namespace = '', name } = object.metadata;
      // Beside a name that leads nowhere, it is the one that was meant.
      if (used.has(`${namespace}/${name}`) || inDoubt.has(namespace)) continue;
      yield { object, field: '/metadata/name', message: 'is the account of no pod and no store, and has no rights: nothing names it' };
    }
    yield* roles(target);
  },
};

function* accounts(target: TargetIndex): Iterable<Named> {
  for (const { object, namespace, pod, field } of target.workloads) {
    const name = pod.serviceAccountName;
    if (name !== undefined && name !== 'default') yield { object, field: `${field}/serviceAccountName`, namespace, name };
  }
  for (const [kind, where] of Object.entries(MADE)) {
    for (const object of target.all(kind)) {
      for (const { field, value } of follow(object, where))
        yield { object, field, namespace: object.metadata.namespace ?? '', name: value };
    }
  }
  for (const object of target.all('ClusterSecretStore.external-secrets.io')) {
    for (const { field, value } of STORE_ACCOUNTS.flatMap((each) => follow(object, each))) {
      yield { object, field: `${field}/name`, namespace: String(value.namespace), name: value.name };
    }
  }
  for (const object of BINDINGS.flatMap((kind) => target.all(kind))) {
    for (const [i, { kind, name, namespace = object.metadata.namespace ?? '' }] of records(object.subjects).entries()) {
      if (kind !== 'ServiceAccount' || name === 'default') continue;
      const foreign = !target.workloads.some((workload) => workload.namespace === namespace);
      yield { object, field: `/subjects/${i}/name`, namespace, name, foreign };
    }
  }
}

function* roles(target: TargetIndex): Iterable<Problem> {
  for (const object of BINDINGS.flatMap((kind) => target.all(kind))) {
    const { kind, name } = object.roleRef ?? {};
    const where = kind === 'Role' ? (object.metadata.namespace ?? '') : '';
    if (kind === 'ClusterRole' && CLUSTER_ROLES.has(name)) continue;
    if (!target.exists(`${kind}.rbac.authorization.k8s.io`, where, name)) {
      yield { object, field: '/roleRef/name', message: missing(target, `${kind}.rbac.authorization.k8s.io`, where, name) };
    }
  }
}

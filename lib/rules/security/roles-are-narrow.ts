import type { Manifest } from '../../kubernetes/manifest';
import { records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const RBAC = 'rbac.authorization.k8s.io';
const ROLES = [`Role.${RBAC}`, `ClusterRole.${RBAC}`];
const BINDINGS = [`RoleBinding.${RBAC}`, `ClusterRoleBinding.${RBAC}`];

/** Roles that make whoever has them the master of a namespace or of the cluster. */
const MASTERS: ReadonlySet<unknown> = new Set(['admin', 'cluster-admin', 'edit']);

/** Groups that everybody is in. */
const EVERYBODY: ReadonlySet<unknown> = new Set([
  'system:anonymous',
  'system:authenticated',
  'system:serviceaccounts',
  'system:unauthenticated',
]);

/** Resources through which one takes over pods or reads what they know. */
const POWERFUL: ReadonlySet<string> = new Set([
  'pods/attach',
  'pods/ephemeralcontainers',
  'pods/exec',
  'pods/portforward',
  'serviceaccounts/token',
]);

export const rolesAreNarrow: Rule = {
  id: 'roles-are-narrow',
  title: 'Roles name what they allow, leave Secrets and shells alone, and are bound to somebody in particular.',
  why: 'Whoever takes over one account gets its rights: with a wildcard, all Secrets or a shell in pods, these are the rights of every other account too.',
  fix: 'Name API groups, resources and verbs; name the Secrets that are meant in resourceNames; bind the role to a service account or a group of people.',
  *check(target) {
    for (const kind of ROLES) {
      for (const object of target.all(kind)) {
        for (const [i, rule] of records(object.rules).entries()) {
          for (const [field, message] of faults(rule)) yield { object, field: `/rules/${i}/${field}`, message };
        }
        if (!isBound(object, target)) yield { object, field: '/metadata/name', message: 'is bound to nobody: remove the role, or bind it' };
      }
    }
    for (const kind of BINDINGS) for (const object of target.all(kind)) yield* tooWide(object);
  },
};

function* faults(rule: Readonly<Record<string, unknown>>): Iterable<readonly [field: string, message: string]> {
  const list = (name: string): readonly string[] => (Array.isArray(rule[name]) ? rule[name].map(String) : []);
  for (const name of ['apiGroups', 'resources', 'verbs', 'nonResourceURLs']) {
    if (list(name).includes('*')) yield [name, 'hold the wildcard *'];
  }
  const powerful = list('resources').find((resource) => POWERFUL.has(resource));
  if (powerful !== undefined) yield ['resources', `hold ${powerful}, with which one can take over pods or accounts`];
  if (list('resources').includes('secrets') && list('apiGroups').includes('') && list('resourceNames').length === 0) {
    yield ['resources', 'hold secrets without resourceNames: all Secrets of the namespace could be read'];
  }
}

/** A ClusterRole may be for people to bind. */
function isBound(role: Manifest, target: TargetIndex): boolean {
  if (role.kind !== 'Role' || role.aggregationRule !== undefined) return true;
  return target.all(`RoleBinding.${RBAC}`).some(({ metadata, roleRef }) => {
    return metadata.namespace === role.metadata.namespace && roleRef?.kind === role.kind && roleRef?.name === role.metadata.name;
  });
}

function* tooWide(object: Manifest): Iterable<Problem> {
  const { kind, name } = object.roleRef ?? {};
  if (kind === 'ClusterRole' && MASTERS.has(name))
    yield { object, field: '/roleRef/name', message: `is ${name}, a role that may do everything` };
  const subjects = records(object.subjects);
  if (subjects.length === 0) yield { object, field: '/subjects', message: 'are missing' };
  for (const [i, subject] of subjects.entries()) {
    if (EVERYBODY.has(subject.name))
      yield { object, field: `/subjects/${i}/name`, message: `is ${subject.name}, which everybody belongs to` };
  }
}

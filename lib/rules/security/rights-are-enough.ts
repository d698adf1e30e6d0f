import { type Data, record, records } from '../fields';
import { filesOf } from '../file-settings';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];

/** What an account must be allowed to do. */
interface Right {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];

  /** @default - any object */
  readonly named?: string;

  /** What for. */
  readonly so: string;
}

export const rightsAreEnough: Rule = {
  id: 'rights-are-enough',
  title: 'Accounts may do what the configuration of their pods has them do.',
  why: 'The API server answers 403, which only a log tells: a scheduler that cannot renew its lease schedules nothing, logs come without the names of pods, and Prometheus finds nothing to read.',
  fix: 'Grant the right in the Role that is bound to the ServiceAccount, and nothing beyond it.',
  *check(target) {
    for (const { object, field, namespace, name, needs } of accounts(target)) {
      const granted = rulesOf(namespace, name, target);
      // An account from elsewhere has its rights from there.
      if (granted.length === 0 && target.find('ServiceAccount', namespace, name) === undefined) continue;
      for (const { group, resources, verbs, named, so } of needs) {
        const missing = verbs.find(
          (verb) => !resources.some((resource) => granted.some((rule) => allows(rule, group, resource, verb, named))),
        );
        if (missing === undefined) continue;
        const what = `${resources.join(' or ')}${named === undefined ? '' : ` "${named}"`}`;
        yield { object, field, message: `is ${name}, which may not ${missing} ${what}: ${so}` };
      }
    }
  },
};

interface Account extends Pick<Problem, 'object' | 'field'> {
  readonly namespace: string;
  readonly name: string;
  readonly needs: readonly Right[];
}

function* accounts(target: TargetIndex): Iterable<Account> {
  for (const workload of target.workloads) {
    const { object, namespace, pod, field } = workload;
    if (typeof pod.serviceAccountName !== 'string' || pod.automountServiceAccountToken === false) continue;
    const needs = filesOf(workload, target).flatMap(({ text }) => [...needsOf(text)]);
    if (needs.length > 0) yield { object, field: `${field}/serviceAccountName`, namespace, name: pod.serviceAccountName, needs };
  }
  for (const object of target.all('Prometheus.monitoring.coreos.com')) {
    const { serviceAccountName: name } = record(object.spec);
    if (typeof name === 'string')
      yield { object, field: '/spec/serviceAccountName', namespace: object.metadata.namespace ?? '', name, needs: DISCOVERY };
  }
}

/** What Prometheus asks for to find pods behind monitors. */
const DISCOVERY: readonly Right[] = [
  { group: '', resources: ['pods'], verbs: READ, so: 'it would find no pods behind PodMonitors' },
  { group: '', resources: ['services'], verbs: READ, so: 'it would find nothing behind ServiceMonitors' },
];

const LEASE = /^leaderElection:\n(?:\s+.*\n)*?\s+resourceName: (\S+)/m;

function* needsOf(text: string): Iterable<Right> {
  if (/^\s+k8s_?attributes:/m.test(text))
    yield { group: '', resources: ['pods'], verbs: READ, so: 'what it collects would come without names of pods' };
  const [, named] = text.includes('leaderElect: true') ? (LEASE.exec(text) ?? []) : [];
  if (named !== undefined) {
    const so = 'without the lease it leads nobody, and does nothing';
    yield { group: 'coordination.k8s.io', resources: ['leases'], verbs: ['get', 'update'], named, so };
  }
}

/** What roles of the target allow an account, wherever they do. */
function rulesOf(namespace: string, account: string, target: TargetIndex): readonly Data[] {
  return [`RoleBinding.${RBAC}`, `ClusterRoleBinding.${RBAC}`].flatMap((kind) =>
    target.all(kind).flatMap(({ metadata, roleRef, subjects }) => {
      const isBound = records(subjects).some(
        (each) => each.kind === 'ServiceAccount' && each.name === account && each.namespace === namespace,
      );
      const inside = roleRef?.kind === 'Role' ? (metadata.namespace ?? '') : '';
      const role = isBound ? target.find(`${roleRef?.kind}.${RBAC}`, inside, String(roleRef?.name)) : undefined;
      return records(role?.rules);
    }),
  );
}

function allows(rule: Data, group: string, resource: string, verb: string, named: string | undefined): boolean {
  const has = (field: string, value: string) => Array.isArray(rule[field]) && (rule[field].includes(value) || rule[field].includes('*'));
  const names: unknown = rule['resourceNames'];
  const isNamed = !Array.isArray(names) || (named !== undefined && names.includes(named));
  return has('apiGroups', group) && has('resources', resource) && has('verbs', verb) && isNamed;
}

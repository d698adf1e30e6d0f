import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Demand } from './demand';
import { shown } from './pod-size';

export const quotasHold: Rule = {
  id: 'quotas-hold',
  title: 'Every quota leaves room for what runs in its namespace at its busiest: scaled out, in the middle of a release, Jobs included.',
  why: 'The API server refuses the pod that would exceed the quota: a release stops at its deadline, and an autoscaler below its maximum.',
  fix: 'Raise foundation.quotas of the namespace in lib/environments/<environment>.ts, or lower the maximum of what runs there.',
  *check(target) {
    for (const object of target.all('ResourceQuota')) {
      const namespace = object.metadata.namespace ?? '';
      const demands = target.demands.filter((demand) => demand.namespace === namespace);
      for (const [resource, written] of Object.entries(record(object.spec?.hard))) {
        const allowed = quantity(written);
        const parts = partsOf(resource, demands, namespace, target);
        const needed = parts.reduce((sum, { amount }) => sum + amount, 0);
        // Sums of binary fractions; a millionth is below what a quantity can say.
        if (needed <= allowed * (1 + 1e-6)) continue;
        const largest = [...parts].sort((one, other) => other.amount - one.amount).slice(0, 3);
        const message = `is ${String(written)}, but ${namespace} needs ${shown(resource, needed)}: ${largest.map((part) => `${shown(resource, part.amount)} for ${part.name}`).join(', ')}${parts.length > 3 ? ' and others' : ''}`;
        yield { object, field: `/spec/hard/${resource.replace('/', '~1')}`, message };
      }
    }
  },
};

interface Part {
  readonly name: string;
  readonly amount: number;
}

function partsOf(resource: string, demands: readonly Demand[], namespace: string, target: TargetIndex): readonly Part[] {
  if (resource === 'pods' || resource === 'count/pods') return demands.map((demand) => ({ name: named(demand), amount: demand.pods }));
  if (resource.startsWith('services')) return publishedBy(resource, target.all('Service'), namespace);
  if (resource === 'persistentvolumeclaims') return claims(target, namespace, () => 1);
  if (resource === 'requests.storage') return claims(target, namespace, (spec) => quantity(record(spec.resources?.requests).storage) || 0);

  const [, side = 'requests', name = ''] = /^(?:(requests|limits)\.)?(.+)$/.exec(resource) ?? [];
  const amounts = side === 'limits' ? 'limits' : 'requests';
  return demands
    .map((demand) => ({ name: named(demand), amount: demand.pods * (demand[amounts][name] ?? 0) }))
    .filter(({ amount }) => amount > 0);
}

const named = ({ object, because }: Demand): string => `${object.kind}/${object.metadata.name} (${because})`;

const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  services: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'services.nodeports': ['NodePort', 'LoadBalancer'],
  'services.loadbalancers': ['LoadBalancer'],
};

const publishedBy = (resource: string, services: readonly Manifest[], namespace: string): readonly Part[] =>
  services
    .filter(({ metadata, spec }) => metadata.namespace === namespace && PUBLISHED[resource]?.includes(spec?.type ?? 'ClusterIP'))
    .map(({ metadata }) => ({ name: `Service/${metadata.name}`, amount: 1 }));

// biome-ignore lint/suspicious/noExplicitAny: the spec of a claim, as written
function claims(target: TargetIndex, namespace: string, amountOf: (spec: any) => number): readonly Part[] {
  const own = target.all('PersistentVolumeClaim').filter(({ metadata }) => metadata.namespace === namespace);
  return [
    ...own.map(({ metadata, spec }) => ({ name: `PersistentVolumeClaim/${metadata.name}`, amount: amountOf(record(spec)) })),
    ...target.demands
      .filter((demand) => demand.namespace === namespace)
      .flatMap((demand) =>
        records(demand.object.spec?.volumeClaimTemplates).map((template) => ({
          name: named(demand),
          amount: demand.pods * amountOf(record(template.spec)),
        })),
      ),
  ];
}

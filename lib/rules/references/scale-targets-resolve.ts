import type { Rule } from '../rule';
import { scalers } from '../scalers';
import { missing } from './named-objects';

export const scaleTargetsResolve: Rule = {
  id: 'scale-targets-resolve',
  title: 'Every autoscaler finds the workload that it scales.',
  why: 'An autoscaler without its target reports FailedGetScale and never changes the replicas, not even under full load.',
  fix: 'Correct the name, or hand the workload to the construct that scales it (lib/workloads/cpu-autoscaler.ts, lib/delivery/engine-autoscaler.ts).',
  *check(target) {
    for (const { object, field, kind, namespace, name } of scalers(target)) {
      if (!target.exists(kind, namespace, name)) yield { object, field: `${field}/name`, message: missing(target, kind, namespace, name) };
    }
  },
};

import type { Rule } from '../rule';

export const readOnlyRoot: Rule = {
  id: 'read-only-root',
  title: "Every container's root file system is read-only.",
  why: 'An intruder can leave tools in a writable root file system, and a full one evicts other pods of the node.',
  fix: 'Set readOnlyRootFilesystem: true and mount an emptyDir with a size limit where the program writes, or annotate the workload with exception() of lib/kubernetes/exception.ts.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      if (spec.securityContext?.readOnlyRootFilesystem === true) continue;
      const message = `is not true (container ${spec.name})`;
      yield { object: workload.object, field: `${field}/securityContext/readOnlyRootFilesystem`, message };
    }
  },
};

import type { Rule } from '../rule';

export const readOnlyRoot: Rule = {
  id: 'read-only-root',
  title: "Every container's root file system is read-only.",
  why: 'What can be written can be replaced: an intruder leaves tools behind, and a full disk evicts the node’s other pods.',
  fix: 'Mount an emptyDir with a size limit where the program writes, or write an exception at the workload.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      if (spec.securityContext?.readOnlyRootFilesystem === true) continue;
      const message = `is not true (container ${spec.name})`;
      yield { object: workload.object, field: `${field}/securityContext/readOnlyRootFilesystem`, message };
    }
  },
};

import { describe } from '../../kubernetes/manifest';
import { filesMountedBy, settings } from '../file-settings';
import { key, kindOf } from '../object-key';
import type { Rule } from '../rule';

/** Settings that say in how many pods something is kept, and how many pods that takes beside those. */
const COPIES: readonly (readonly [name: string, others: number])[] = [
  ['replication_factor', 0],
  ['default.replication.factor', 0],
  ['offsets.topic.replication.factor', 0],
  ['min-replicas-to-write', 1],
];

export const copiesFitMembers: Rule = {
  id: 'copies-fit-members',
  title: 'Whatever a program keeps in several copies has as many pods to keep them.',
  why: 'A program that must write three copies and finds one pod refuses every write, though it starts and looks healthy.',
  fix: 'Ask for as many copies as there are pods at least, or run more pods.',
  *check(target) {
    for (const workload of target.workloads) {
      const { object, namespace } = workload;
      const least = target.scales.get(key(kindOf(object), namespace, object.metadata.name))?.min;
      if (least === undefined) continue;
      for (const { file } of filesMountedBy(workload, target)) {
        for (const [name, others] of COPIES) {
          const found = settings(file.text, name).find(({ value }) => Number(value) + others > least);
          if (found === undefined) continue;
          const message = `sets ${name} to ${found.value} in line ${found.line}, and ${describe(object)} may have ${least} pod${least === 1 ? '' : 's'}: nothing could be written`;
          yield { object: file.object, field: file.field, message };
        }
      }
    }
  },
};

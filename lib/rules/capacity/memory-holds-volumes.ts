import { records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';

export const memoryHoldsVolumes: Rule = {
  id: 'memory-holds-volumes',
  title: 'Volumes in memory have a size, and the memory limit of the containers that mount them has room for it.',
  why: 'Files in a memory volume count as memory of the container that writes them: the kernel kills the container at its limit while its program uses little.',
  fix: 'Set sizeLimit, and add it to the memory limit of the container.',
  alone: true,
  *check(target) {
    for (const { object, pod, field, containers } of target.workloads) {
      for (const [i, { name, emptyDir }] of records(pod.volumes).entries()) {
        if (emptyDir?.medium !== 'Memory') continue;
        const at = `${field}/volumes/${i}/emptyDir/sizeLimit`;
        const size = quantity(emptyDir.sizeLimit);
        if (!(size > 0)) {
          yield { object, field: at, message: `is ${emptyDir.sizeLimit ?? 'missing'}: the volume may take all the memory of the node` };
          continue;
        }
        const mounting = containers.filter(({ spec }) => records(spec.volumeMounts).some((mount) => mount.name === name));
        for (const { spec } of mounting) {
          const limit = quantity(spec.resources?.limits?.memory);
          if (!(size >= limit)) continue;
          const message = `is ${emptyDir.sizeLimit}, which leaves container ${spec.name} nothing of its ${spec.resources.limits.memory} of memory`;
          yield { object, field: at, message };
        }
      }
    }
  },
};

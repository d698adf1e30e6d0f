import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import { GPU_INFERENCE, PLATFORM } from '../kubernetes/priority';
import { ground } from '../kubernetes/sync-wave';

/** Above pods without a class, which have 0, and far below the system's own classes, which begin at two billion. */
const CLASSES = [
  { name: PLATFORM, value: 1_000_000, description: 'What every request passes: gateways, databases, caches.' },
  { name: GPU_INFERENCE, value: 900_000, description: 'Inference servers, which hold the GPUs.' },
];

/** The priority classes of pods of ours. */
export function definePriorityClasses(scope: Construct): void {
  for (const { name, value, description } of CLASSES) {
    new k8s.KubePriorityClass(scope, `priority-${name}`, {
      metadata: { name, annotations: ground },
      value,
      description,
      globalDefault: false,
    });
  }
}

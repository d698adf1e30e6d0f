import { record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** Registries that hand out images to everybody. */
const PUBLIC = ['docker.io/', 'ghcr.io/', 'nvcr.io/', 'public.ecr.aws/', 'quay.io/', 'registry.k8s.io/'];

export const imagesCanBePulled: Rule = {
  id: 'images-can-be-pulled',
  title: 'Where nodes have no identity at a private registry, pods bring a Secret for it.',
  why: 'The registry answers 401 to a node that nobody introduces: the pod waits in ImagePullBackOff, on the day its node changes if not at once.',
  fix: 'Hand pullSecrets(platform) of lib/security/pull-secret.ts to the construct, which names them at the ServiceAccount.',
  *check(target) {
    if (target.facts?.region.platform.registryAccess !== 'pull-secret') return;
    for (const workload of target.workloads) {
      const container = workload.containers.find(({ spec }) => !PUBLIC.some((registry) => String(spec.image).startsWith(registry)));
      if (container === undefined || bringsSecret(workload, target)) continue;
      const message = `is "${container.spec.image}", and neither the pod nor its ServiceAccount names a Secret for that registry (imagePullSecrets)`;
      yield { object: workload.object, field: `${container.field}/image`, message };
    }
  },
};

function bringsSecret({ pod, namespace }: Workload, target: TargetIndex): boolean {
  const account = target.find('ServiceAccount', namespace, String(pod.serviceAccountName ?? 'default'));
  return [pod, record(account)].some(({ imagePullSecrets }) => records(imagePullSecrets).length > 0);
}

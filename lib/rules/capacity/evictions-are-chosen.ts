import { escaped } from '../fields';
import type { Rule } from '../rule';
import { accelerated } from '../startup';

/** By which the cluster autoscaler learns whether it may move a pod, and Karpenter that it must not. */
const SAFE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const STAYS = 'karpenter.sh/do-not-disrupt';

const SERVERS = new Set(['Deployment', 'StatefulSet']);

export const evictionsAreChosen: Rule = {
  id: 'evictions-are-chosen',
  title: 'Pods with accelerators are not moved to save a node, and what is said about moving pods is what autoscalers read.',
  why: 'An autoscaler that finds a node half empty evicts its pods: an engine ends in the middle of its answers, and is minutes of loading away from the next one.',
  fix: `Annotate the pods with ${SAFE}: "false", as lib/llm/vllm-server.ts does.`,
  alone: true,
  *check(target) {
    for (const workload of target.workloads) {
      const { object, annotations, field } = workload;
      const safe = annotations[SAFE];
      const at = `${field.replace(/\/spec$/, '')}/metadata/annotations`;
      if (safe !== undefined && safe !== 'true' && safe !== 'false')
        yield { object, field: `${at}/${escaped(SAFE)}`, message: `is "${safe}", and the autoscaler knows "true" and "false" alone` };
      else if (SERVERS.has(object.kind) && safe !== 'false' && annotations[STAYS] !== 'true' && accelerated(workload)) {
        const message = 'and the pods hold accelerators: an autoscaler may move them in the middle of their answers';
        if (safe === undefined) yield { object, field: at, message: `lacks ${SAFE}: "false", ${message}` };
        else yield { object, field: `${at}/${escaped(SAFE)}`, message: `is "${safe}", ${message}` };
      }
    }
  },
};

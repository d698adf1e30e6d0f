import type { Rule } from '../rule';

export const noServiceLinks: Rule = {
  id: 'no-service-links',
  title: 'Pods get no environment variables from the Services of their namespace.',
  why: 'Kubernetes sets VLLM_PORT=tcp://… for a Service named vllm, REDIS_PORT for redis, KONG_… for kong, and programs take these variables for their own settings.',
  fix: 'Set enableServiceLinks: false, as ownPod() of lib/workloads/own-pod.ts does.',
  alone: true,
  *check(target) {
    for (const { object, pod, field } of target.workloads) {
      if (pod.enableServiceLinks !== false) yield { object, field: `${field}/enableServiceLinks`, message: 'is not false' };
    }
  },
};

import { type Data, record, records } from '../fields';
import { key } from '../object-key';
import type { Rule } from '../rule';
import { scalers } from '../scalers';
import { accelerated, startSeconds } from '../startup';

/** What Kubernetes does when nothing is written, seconds. */
const DEFAULT_DOWN = 300;
const DEFAULT_UP = [{ periodSeconds: 15 }];

/** What Kubernetes takes at most, seconds. */
const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;

export const scalingOutlastsStarts: Rule = {
  id: 'scaling-outlasts-starts',
  title: 'An autoscaler keeps pods at least as long as they took to start, and waits for those it has ordered.',
  why: 'An engine takes minutes until it answers. An autoscaler that decides again sooner orders more GPUs for a queue that the new pods are about to serve, and removes pods that it needs back a minute later.',
  fix: 'Derive stabilizationWindowSeconds and the periods of the policies from the start-up budget, as EngineAutoscaler of lib/delivery/engine-autoscaler.ts does.',
  *check(target) {
    const workloads = new Map(
      target.workloads.map((each) => [key(`${each.object.kind}.apps`, each.namespace, each.object.metadata.name), each]),
    );
    for (const { object, kind, namespace, name } of scalers(target)) {
      const workload = workloads.get(key(kind, namespace, name));
      if (workload === undefined || object.kind === 'VerticalPodAutoscaler') continue;
      const start = startSeconds(workload);
      const [behavior, field] = behaviorOf(object.spec);
      const { scaleDown, scaleUp } = record(behavior);

      const down = record(scaleDown).stabilizationWindowSeconds ?? DEFAULT_DOWN;
      if (down < Math.min(start, LONGEST_WINDOW)) {
        const message = `is ${down}${record(scaleDown).stabilizationWindowSeconds === undefined ? ' by default' : ''}, less than the ${start} seconds that a pod may take to start`;
        yield { object, field: `${field}/scaleDown/stabilizationWindowSeconds`, message };
      }
      for (const [direction, { stabilizationWindowSeconds: window }] of Object.entries({
        scaleDown: record(scaleDown),
        scaleUp: record(scaleUp),
      })) {
        if (!(window > LONGEST_WINDOW)) continue;
        const message = `is ${window}, more than the ${LONGEST_WINDOW} that the API server accepts`;
        yield { object, field: `${field}/${direction}/stabilizationWindowSeconds`, message };
      }
      if (!accelerated(workload) || record(scaleUp).stabilizationWindowSeconds >= start) continue;
      const given = records(record(scaleUp).policies);
      for (const [i, { periodSeconds }] of (given.length === 0 ? DEFAULT_UP : given).entries()) {
        if (periodSeconds >= Math.min(start, LONGEST_PERIOD)) continue;
        const message = `is ${periodSeconds}${given.length === 0 ? ' by default' : ''}, less than the ${start} seconds that a pod may take to start`;
        yield { object, field: `${field}/scaleUp/policies/${i}/periodSeconds`, message };
      }
    }
  },
};

/** KEDA hands the behaviour on to the autoscaler that it makes. */
function behaviorOf(spec: Data): readonly [behavior: Data, field: string] {
  const keda = spec?.advanced?.horizontalPodAutoscalerConfig?.behavior;
  return keda === undefined ? [spec?.behavior, '/spec/behavior'] : [keda, '/spec/advanced/horizontalPodAutoscalerConfig/behavior'];
}

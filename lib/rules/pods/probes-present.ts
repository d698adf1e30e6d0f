import { records } from '../fields';
import type { Rule } from '../rule';

const SERVERS = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);

export const probesPresent: Rule = {
  id: 'probes-present',
  title: 'Every container with ports has a liveness and a readiness probe.',
  why: 'Without a readiness probe a pod gets requests before it can answer; without a liveness probe a pod that hangs is never restarted.',
  fix: 'Give the container both probes (WebService of lib/workloads/web-service.ts takes their paths), and a startup probe if it starts slowly.',
  alone: true,
  *check(target) {
    for (const { object, containers } of target.workloads) {
      if (!SERVERS.has(object.kind)) continue;
      for (const { spec, field, init } of containers) {
        if (records(spec.ports).length === 0 || (init && spec.restartPolicy !== 'Always')) continue;
        for (const probe of ['livenessProbe', 'readinessProbe']) {
          if (spec[probe] === undefined) yield { object, field: `${field}/${probe}`, message: `is missing (container ${spec.name})` };
        }
      }
    }
  },
};

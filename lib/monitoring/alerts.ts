import type { Construct } from 'constructs';

import { type Alert, AlertRules } from '../observability/alert-rules';
import { RecordingRules } from '../observability/recording-rules';
import { collectors } from './alerts/collectors';
import { controllers } from './alerts/controllers';
import { gateway } from './alerts/gateway';
import { gpu, gpuRecords } from './alerts/gpu';
import { liteLlmAlerts } from './alerts/litellm';
import { postgresql } from './alerts/postgresql';
import { redis } from './alerts/redis';
import { watchingAlerts } from './alerts/watching';
import { workloadAlerts } from './alerts/workloads';

/** Alerts about what every app may have, so that each is defined once however many of it there are. */
export const sharedAlerts: Readonly<Record<string, readonly Alert[]>> = {
  ...{ collectors, controllers, gateway, gpu, postgresql, redis },
  ...{ litellm: liteLlmAlerts, watching: watchingAlerts, workloads: workloadAlerts },
};

/** Defines them, and the figures of GPUs under the names that others ask for. */
export function defineSharedAlerts(scope: Construct): void {
  for (const [group, alerts] of Object.entries(sharedAlerts)) new AlertRules(scope, `${group}-alerts`, { group, alerts });
  new RecordingRules(scope, 'gpu-records', gpuRecords);
}

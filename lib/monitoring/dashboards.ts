import type { Dashboard } from '../observability/dashboard';
import { engine } from './dashboards/engine';
import { liteLlm } from './dashboards/litellm';
import { mongodb } from './dashboards/mongodb';
import { flagger, gpu, kong } from './dashboards/platform';
import { postgresql, redis } from './dashboards/services';
import { workloads } from './dashboards/workloads';

/** Every page that Grafana shows. */
export const dashboards: readonly Dashboard[] = [engine, liteLlm, workloads, kong, postgresql, redis, mongodb, gpu, flagger];

import type { Dashboard } from '../observability/dashboard';
import type { ModelMetrics } from '../observability/model-metrics';
import { engine } from './dashboards/engine';
import { liteLlm } from './dashboards/litellm';
import { ml } from './dashboards/ml';
import { mongodb } from './dashboards/mongodb';
import { flagger, gpu, kong } from './dashboards/platform';
import { postgresql, redis } from './dashboards/services';
import { workloads } from './dashboards/workloads';

const everywhere: readonly Dashboard[] = [engine, liteLlm, workloads, kong, postgresql, redis, mongodb, gpu, flagger];

/**
 * Every page that Grafana shows.
 *
 * @param models what the gateway before models tells, where KServe serves any
 */
export const dashboards = (models?: ModelMetrics): readonly Dashboard[] =>
  models === undefined ? everywhere : [...everywhere, ml(models)];

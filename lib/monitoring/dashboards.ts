import type { Dashboard } from '../observability/dashboard';
import { engine } from './dashboards/engine';
import { mongodb } from './dashboards/mongodb';
import { flagger, gpu, kong } from './dashboards/platform';
import { postgresql, redis } from './dashboards/services';

/** Every page that Grafana shows. */
export const dashboards: readonly Dashboard[] = [engine, kong, postgresql, redis, mongodb, gpu, flagger];

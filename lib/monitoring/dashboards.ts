import type { Dashboard } from '../observability/dashboard';
import { engine } from './dashboards/engine';

/** Every page that Grafana shows. */
export const dashboards: readonly Dashboard[] = [engine];

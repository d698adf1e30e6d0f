import type { Dashboard } from '../observability/dashboard';
import { engine } from './dashboards/engine';
import { mongodb } from './dashboards/mongodb';

/** Every page that Grafana shows. */
export const dashboards: readonly Dashboard[] = [engine, mongodb];

import type { Alert } from '../../observability/alert-rules';

/** What keeps other alerts from being raised, or from being heard. */
export const watchingAlerts: readonly Alert[] = [
  {
    name: 'TargetDown',
    expr: 'count by (namespace, job) (up == 0) / on (namespace, job) count by (namespace, job) (up) > 0.3',
    ...{ for: '15m', severity: 'ticket' },
    summary: 'Prometheus does not reach a third of {{ $labels.namespace }}/{{ $labels.job }}',
    description: 'What it does not reach raises no alerts of its own, and nothing that scales or is released by its figures moves.',
  },
  {
    name: 'RulesFail',
    expr: 'sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[15m])) > 0',
    ...{ for: '15m', severity: 'ticket' },
    summary: 'Prometheus cannot evaluate rules of {{ $labels.rule_group }}',
    description: 'Alerts of that group stay silent, whatever happens.',
  },
  {
    name: 'AlertsNotSent',
    expr: 'sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) > 0 or max(prometheus_notifications_alertmanagers_discovered) < 1',
    ...{ for: '15m', severity: 'page' },
    summary: 'Alerts reach nobody',
    description: 'Alertmanager cannot deliver, or Prometheus has none: look at the other alerts in Prometheus yourself until it can.',
  },
];

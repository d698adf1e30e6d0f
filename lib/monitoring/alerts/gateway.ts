import type { Alert } from '../../observability/alert-rules';

/** Share of answers that may be errors of ours. */
export const ERRORS_LIMIT = 0.05;

/** What Kong's proxies and the controllers beside them tell. */
export const gateway: readonly Alert[] = [
  {
    name: 'GatewayErrors',
    expr: [
      '(sum by (service) (rate(kong_http_requests_total{code=~"5.."}[5m])) or vector(0))',
      `/ (sum by (service) (rate(kong_http_requests_total[5m])) > 0) > ${ERRORS_LIMIT}`,
    ].join('\n'),
    ...{ for: '5m', severity: 'page' },
    summary: 'More than 5 % of the answers of {{ $labels.service }} are errors of the server',
    description: 'Clients see 5xx: a service fails, is too slow for the timeouts of its route, or is not there.',
  },
  {
    name: 'GatewayConfigurationRejected',
    expr: [
      'sum by (pod) (increase(ingress_controller_configuration_push_count{success="false"}[10m])) > 0',
      'unless sum by (pod) (increase(ingress_controller_configuration_push_count{success="true"}[10m])) > 0',
    ].join('\n'),
    ...{ for: '10m', severity: 'page' },
    summary: 'Kong refuses what {{ $labels.pod }} hands to it',
    description:
      'Routes stay as they were: new ones answer 404, weights of releases do not change, and a proxy that starts now knows no route.',
  },
];

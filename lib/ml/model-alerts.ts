import type { Construct } from 'constructs';

import { PrometheusRuleSpecGroupsRulesExpr as Expr, PrometheusRule } from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';
import { runbook } from '../observability/runbook';
import type { Model } from './ml-settings';

/** What is wrong, for how long, and whom it wakes: `page` at once, `ticket` in the morning. */
interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'page' | 'ticket';
  readonly summary: string;
}

/** Alerts on a model: as its users see it at the gateway, and as its replicas are. */
export function defineModelAlerts(scope: Construct, namespace: string, model: Model): void {
  const name = `${model.name}-alerts`;
  new PrometheusRule(scope, name, {
    metadata: { name, annotations: fromAddon },
    spec: {
      groups: [
        {
          name: model.name,
          rules: alerts(namespace, model).map(({ name: alert, expr, for: pending, severity, summary }) => ({
            ...{ alert, expr: Expr.fromString(expr), for: pending },
            labels: { severity, model: model.name },
            annotations: { summary, runbook_url: runbook(alert) },
          })),
        },
      ],
    },
  });
}

function alerts(namespace: string, { name, answersWithin }: Model): readonly Alert[] {
  // Kong's controller names routes after the objects they come from.
  const route = `route=~"httproute[.]${namespace}[.]${name}[.].*"`;
  const requests = (codes: string) => `sum(rate(kong_http_requests_total{${route}${codes}}[5m]))`;
  const predictor = `namespace="${namespace}", horizontalpodautoscaler="${name}-predictor"`;

  return [
    {
      name: 'ModelAnswersSlow',
      expr: `histogram_quantile(0.95, sum by (le) (rate(kong_request_latency_ms_bucket{${route}}[5m]))) > ${answersWithin * 1000}`,
      ...{ for: '10m', severity: 'page' },
      summary: `5 % of the users of ${name} wait longer than ${answersWithin} s`,
    },
    {
      name: 'ModelErrors',
      expr: `(${requests(', code=~"5.."')} or vector(0)) / (${requests('')} > 0) > 0.05`,
      ...{ for: '5m', severity: 'page' },
      summary: `More than 5 % of the requests to ${name} end in an error`,
    },
    {
      name: 'ModelNotScaling',
      expr: `kube_horizontalpodautoscaler_status_condition{${predictor}, condition=~"AbleToScale|ScalingActive", status="false"} == 1`,
      ...{ for: '15m', severity: 'ticket' },
      summary: `The autoscaler of ${name} cannot decide or act`,
    },
    {
      name: 'ModelReplicasMissing',
      expr: `kube_deployment_status_replicas_unavailable{namespace="${namespace}", deployment=~"${name}-predictor.*"} > 0`,
      ...{ for: '15m', severity: 'ticket' },
      summary: `Replicas of ${name} do not become ready`,
    },
  ];
}

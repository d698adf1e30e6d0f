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

/** Alerts on models: as their users see them at the gateway, and as their replicas are. */
export function defineModelAlerts(scope: Construct, namespace: string, models: readonly Model[]): void {
  new PrometheusRule(scope, 'alerts', {
    metadata: { name: 'models', annotations: fromAddon },
    spec: {
      groups: [
        {
          name: 'models',
          rules: alerts(namespace, models).map(({ name: alert, expr, for: pending, severity, summary }) => ({
            ...{ alert, expr: Expr.fromString(expr), for: pending },
            labels: { severity },
            annotations: { summary, runbook_url: runbook(alert) },
          })),
        },
      ],
    },
  });
}

function alerts(namespace: string, models: readonly Model[]): readonly Alert[] {
  const ofEach = (query: (model: Model, route: string) => string): string =>
    models.map((model) => named(namespace, model, query)).join('\nor\n');

  return [
    {
      name: 'ModelAnswersSlow',
      expr: ofEach(
        ({ answersWithin }, route) =>
          `histogram_quantile(0.95, sum by (le) (rate(kong_request_latency_ms_bucket{${route}}[5m]))) > ${answersWithin * 1000}`,
      ),
      ...{ for: '10m', severity: 'page' },
      summary: '5 % of the answers of {{ $labels.model }} take {{ $value }} ms or longer, which is too long',
    },
    {
      name: 'ModelErrors',
      expr: ofEach((_, route) => {
        const requests = (codes: string) => `sum(rate(kong_http_requests_total{${route}${codes}}[5m]))`;
        return `(${requests(', code=~"5.."')} or vector(0)) / (${requests('')} > 0) > 0.05`;
      }),
      ...{ for: '5m', severity: 'page' },
      summary: 'More than 5 % of the requests to {{ $labels.model }} end in an error',
    },
    {
      name: 'ModelNotScaling',
      expr: `kube_horizontalpodautoscaler_status_condition{namespace="${namespace}", condition=~"AbleToScale|ScalingActive", status="false"} == 1`,
      ...{ for: '15m', severity: 'ticket' },
      summary: 'The autoscaler {{ $labels.horizontalpodautoscaler }} cannot decide or act',
    },
    {
      name: 'ModelReplicasMissing',
      expr: `kube_deployment_status_replicas_unavailable{namespace="${namespace}", deployment=~".+-predictor.*"} > 0`,
      ...{ for: '15m', severity: 'ticket' },
      summary: 'Replicas of {{ $labels.deployment }} do not become ready',
    },
  ];
}

/** A query about the requests for one model, whose name its result carries. Kong's controller names routes after the objects they come from. */
function named(namespace: string, model: Model, query: (model: Model, route: string) => string): string {
  return `label_replace(${query(model, `route=~"httproute[.]${namespace}[.]${model.name}[.].*"`)}, "model", "${model.name}", "", "")`;
}

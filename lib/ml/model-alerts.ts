import type { Construct } from 'constructs';

import { type Alert, AlertRules } from '../observability/alert-rules';
import type { Model } from './ml-settings';

/** Alerts on models: as their users see them at the gateway, and as their replicas are. */
export function defineModelAlerts(scope: Construct, namespace: string, models: readonly Model[]): void {
  new AlertRules(scope, 'models', { group: 'models', alerts: alerts(namespace, models) });
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
      description: 'Clients wait for predictions and may give up. Look at the load of its replicas first.',
    },
    {
      name: 'ModelErrors',
      expr: ofEach((_, route) => {
        const requests = (codes: string) => `sum(rate(kong_http_requests_total{${route}${codes}}[5m]))`;
        return `(${requests(', code=~"5.."')} or vector(0)) / (${requests('')} > 0) > 0.05`;
      }),
      ...{ for: '5m', severity: 'page' },
      summary: 'More than 5 % of the requests to {{ $labels.model }} end in an error',
      description: 'Clients receive 5xx from the gateway or from the model. Look at the logs of its pods first.',
    },
    {
      name: 'ModelNotScaling',
      expr: `kube_horizontalpodautoscaler_status_condition{namespace="${namespace}", condition="AbleToScale", status="false"} == 1`,
      ...{ for: '15m', severity: 'ticket' },
      summary: 'The autoscaler {{ $labels.horizontalpodautoscaler }} cannot act',
      description: 'The model keeps the replicas that it has, whatever the load. Look at the conditions of the autoscaler first.',
    },
    {
      name: 'ModelReplicasMissing',
      expr: `kube_deployment_status_replicas_unavailable{namespace="${namespace}", deployment=~".+-predictor.*"} > 0`,
      ...{ for: '15m', severity: 'ticket' },
      summary: 'Replicas of {{ $labels.deployment }} do not become ready',
      description: 'The model serves with fewer replicas than it should, or not at all. Look at the events of its pods first.',
    },
  ];
}

/** A query about the requests for one model, whose name its result carries. Kong's controller names routes after the objects they come from. */
function named(namespace: string, model: Model, query: (model: Model, route: string) => string): string {
  return `label_replace(${query(model, `route=~"httproute[.]${namespace}[.]${model.name}[.].*"`)}, "model", "${model.name}", "", "")`;
}

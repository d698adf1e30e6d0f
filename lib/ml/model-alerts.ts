import type { Construct } from 'constructs';

import { type Alert, AlertRules } from '../observability/alert-rules';
import type { ModelMetrics } from '../observability/model-metrics';
import type { Model } from './ml-settings';

/** Alerts on models: as their users see them at the gateway, and as their replicas are. */
export function defineModelAlerts(scope: Construct, namespace: string, models: readonly Model[], metrics: ModelMetrics): void {
  new AlertRules(scope, 'models', { group: 'models', alerts: alerts(namespace, models, metrics) });
}

function alerts(namespace: string, models: readonly Model[], { requests: counter, latency, code, ofOne }: ModelMetrics): readonly Alert[] {
  // A query about the requests for one model, whose name its result carries.
  const ofEach = (query: (model: Model, matchers: string) => string): string =>
    models.map((model) => `label_replace(${query(model, ofOne(namespace, model.name))}, "model", "${model.name}", "", "")`).join('\nor\n');

  return [
    {
      name: 'ModelAnswersSlow',
      expr: ofEach(
        ({ answersWithin }, matchers) =>
          `histogram_quantile(0.95, sum by (le) (rate(${latency}{${matchers}}[5m]))) > ${answersWithin * 1000}`,
      ),
      ...{ for: '10m', severity: 'page' },
      summary: '5 % of the answers of {{ $labels.model }} take {{ $value }} ms or longer, which is too long',
      description: 'Clients wait for predictions and may give up. Look at the load of its replicas first.',
    },
    {
      name: 'ModelErrors',
      expr: ofEach((_, matchers) => {
        const requests = (codes: string) => `sum(rate(${counter}{${matchers}${codes}}[5m]))`;
        return `(${requests(`, ${code}=~"5.."`)} or vector(0)) / (${requests('')} > 0) > 0.05`;
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

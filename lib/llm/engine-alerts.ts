import { Construct } from 'constructs';

import { PrometheusRuleSpecGroupsRulesExpr as Expr, PrometheusRule } from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';
import { engineMetrics } from '../observability/engine-metrics';
import type { LatencyObjective } from '../observability/latency-objective';
import { runbook } from '../observability/runbook';

/** Properties for `EngineAlerts`. */
export interface EngineAlertsProps {
  /** Name under which the engine reports its metrics. */
  readonly servedName: string;

  readonly slo: LatencyObjective;
}

/** One alert: what is wrong, for how long, and whom it wakes. */
interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly for: string;
  /** `page` wakes somebody, `ticket` waits for the morning. */
  readonly severity: 'page' | 'ticket';
  readonly summary: string;
}

/** What an engine's own metrics tell before its users do. */
export class EngineAlerts extends Construct {
  constructor(scope: Construct, name: string, props: EngineAlertsProps) {
    super(scope, name);

    new PrometheusRule(this, 'rule', {
      metadata: { name, annotations: fromAddon },
      spec: {
        groups: [
          {
            name: 'engine',
            rules: alerts(props).map(({ name: alert, expr, for: pending, severity, summary }) => ({
              alert,
              expr: Expr.fromString(expr),
              for: pending,
              labels: { severity, model: props.servedName },
              annotations: { summary, runbook_url: runbook(alert) },
            })),
          },
        ],
      },
    });
  }
}

function alerts({ servedName, slo }: EngineAlertsProps): readonly Alert[] {
  const model = `model_name="${servedName}"`;
  const p95 = (bucket: string) => `histogram_quantile(0.95, sum by (le) (rate(${bucket}{${model}}[5m])))`;
  const finished = (reason: string) => `sum(rate(${engineMetrics.finished}{${model}${reason}}[5m]))`;
  const running = `sum by (pod) (${engineMetrics.running}{${model}})`;

  return [
    {
      name: 'EngineFirstTokenSlow',
      expr: `${p95(engineMetrics.timeToFirstToken)} > ${slo.timeToFirstToken}`,
      ...{ for: '10m', severity: 'page' },
      summary: `5 % of the users of ${servedName} wait longer than ${slo.timeToFirstToken} s for the first token`,
    },
    {
      name: 'EngineTokensSlow',
      expr: `${p95(engineMetrics.interTokenLatency)} > ${slo.interTokenLatency}`,
      ...{ for: '10m', severity: 'ticket' },
      summary: `5 % of the tokens of ${servedName} take longer than ${slo.interTokenLatency} s`,
    },
    {
      name: 'EngineQueueGrows',
      expr: `sum(${engineMetrics.waiting}{${model}}) > 10 * count(${engineMetrics.waiting}{${model}})`,
      ...{ for: '10m', severity: 'page' },
      summary: `More than ten requests wait for each replica of ${servedName}`,
    },
    {
      name: 'EngineCacheFull',
      expr: [
        `max by (pod) (${engineMetrics.cacheUsage}{${model}}) > 0.95`,
        `and on (pod) sum by (pod) (rate(${engineMetrics.preemptions}{${model}}[5m])) > 0.1`,
      ].join('\n'),
      ...{ for: '10m', severity: 'ticket' },
      summary: `A replica of ${servedName} has no room for keys and values and begins requests again`,
    },
    {
      // Aborts include clients that hang up; only errors wake somebody.
      name: 'EngineErrors',
      expr: `(${finished(', finished_reason="error"')} or vector(0)) / (${finished('')} > 0) > 0.05`,
      ...{ for: '5m', severity: 'page' },
      summary: `More than 5 % of the requests to ${servedName} end in an error`,
    },
    {
      name: 'EngineAborts',
      expr: `(${finished(', finished_reason="abort"')} or vector(0)) / (${finished('')} > 0) > 0.2`,
      ...{ for: '15m', severity: 'ticket' },
      summary: `More than 20 % of the answers of ${servedName} are cut off`,
    },
    {
      name: 'EngineStuck',
      expr: `${running} > 0 and on (pod) sum by (pod) (rate(${engineMetrics.generatedTokens}{${model}}[5m])) == 0`,
      ...{ for: '5m', severity: 'page' },
      summary: `A replica of ${servedName} works on requests and produces no token`,
    },
    {
      // `absent` would wake somebody for a model that was never there; what was there within a day must still be.
      name: 'EngineUnseen',
      expr: `count(last_over_time(${engineMetrics.running}{${model}}[1d])) unless count(${engineMetrics.running}{${model}})`,
      ...{ for: '5m', severity: 'page' },
      summary: `No replica of ${servedName} has reported metrics for a while`,
    },
  ];
}

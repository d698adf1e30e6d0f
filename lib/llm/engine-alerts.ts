import { Construct } from 'constructs';

import { type Alert, AlertRules } from '../observability/alert-rules';
import { engineMetrics } from '../observability/engine-metrics';
import type { LatencyObjective } from '../observability/latency-objective';

/** Properties for `EngineAlerts`. */
export interface EngineAlertsProps {
  /** Name under which the engine reports its metrics. */
  readonly servedName: string;

  readonly slo: LatencyObjective;
}

/** What an engine's own metrics tell before its users do. */
export class EngineAlerts extends Construct {
  constructor(scope: Construct, name: string, props: EngineAlertsProps) {
    super(scope, name);

    new AlertRules(this, name, { group: 'engine', alerts: [...alerts(props), ...burnRates(props)], labels: { model: props.servedName } });
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
      description: 'Requests wait before the engine begins to answer: it is short of replicas, or prompts have grown.',
    },
    {
      name: 'EngineTokensSlow',
      expr: `${p95(engineMetrics.interTokenLatency)} > ${slo.interTokenLatency}`,
      ...{ for: '10m', severity: 'ticket' },
      summary: `5 % of the tokens of ${servedName} take longer than ${slo.interTokenLatency} s`,
      description: 'Answers arrive slower than people expect to read them: batches are too large for the GPUs, or a GPU is throttled.',
    },
    {
      name: 'EngineQueueGrows',
      expr: `sum(${engineMetrics.waiting}{${model}}) > 10 * count(${engineMetrics.waiting}{${model}})`,
      ...{ for: '10m', severity: 'page' },
      summary: `More than ten requests wait for each replica of ${servedName}`,
      description:
        'There is no place in the batch for new requests. Look whether the autoscaler has reached its maximum, or new replicas wait for nodes.',
    },
    {
      name: 'EngineCacheFull',
      expr: [
        `max by (pod) (${engineMetrics.cacheUsage}{${model}}) > 0.95`,
        `and on (pod) sum by (pod) (rate(${engineMetrics.preemptions}{${model}}[5m])) > 0.1`,
      ].join('\n'),
      ...{ for: '10m', severity: 'ticket' },
      summary: `A replica of ${servedName} has no room for keys and values and begins requests again`,
      description: 'Long conversations fill the memory of the GPUs, and work that was done is thrown away and done again.',
    },
    {
      // Aborts include clients that hang up; only errors wake somebody.
      name: 'EngineErrors',
      expr: `(${finished(', finished_reason="error"')} or vector(0)) / (${finished('')} > 0) > 0.05`,
      ...{ for: '5m', severity: 'page' },
      summary: `More than 5 % of the requests to ${servedName} end in an error`,
      description: 'Requests fail inside of the engine. Its log tells why; a release that has just ended is the first suspect.',
    },
    {
      name: 'EngineAborts',
      expr: `(${finished(', finished_reason="abort"')} or vector(0)) / (${finished('')} > 0) > 0.2`,
      ...{ for: '15m', severity: 'ticket' },
      summary: `More than 20 % of the answers of ${servedName} are cut off`,
      description: 'Clients or gateways hang up before the answer is complete: look for timeouts that are shorter than answers.',
    },
    {
      name: 'EngineStuck',
      expr: `${running} > 0 and on (pod) sum by (pod) (rate(${engineMetrics.generatedTokens}{${model}}[5m])) == 0`,
      ...{ for: '5m', severity: 'page' },
      summary: `A replica of ${servedName} works on requests and produces no token`,
      description: 'The process answers its probes and serves nobody: the replica must be replaced.',
    },
    {
      // `absent` would wake somebody for a model that was never there; what was there within a day must still be.
      name: 'EngineUnseen',
      expr: `count(last_over_time(${engineMetrics.running}{${model}}[1d])) unless count(${engineMetrics.running}{${model}})`,
      ...{ for: '5m', severity: 'page' },
      summary: `No replica of ${servedName} has reported metrics for a while`,
      description:
        'Either nothing serves the model any more, or Prometheus no longer reaches it; releases and the autoscaler are blind until it does.',
    },
  ];
}

/** Share of the requests that may be slower than the objective says: of 100, which 95 keep. */
const BUDGET = 0.05;

/** How fast the budget of a month is used up, over which windows it shows, and whom that concerns: two days, or five. */
const BURN_RATES = [
  { suffix: 'Fast', rate: 14.4, windows: ['5m', '1h'], for: '2m', severity: 'page', left: 'two days' },
  { suffix: 'Slowly', rate: 6, windows: ['30m', '6h'], for: '15m', severity: 'ticket', left: 'five days' },
] as const;

/** What uses up the share of slow answers that a month may have: the short window ends the alert soon after the cause. */
function burnRates({ servedName, slo }: EngineAlertsProps): readonly Alert[] {
  const objectives = [
    { name: 'EngineFirstTokenBurns', bucket: engineMetrics.timeToFirstToken, seconds: slo.timeToFirstToken, slo: 'first-token' },
    { name: 'EngineTokensBurn', bucket: engineMetrics.interTokenLatency, seconds: slo.interTokenLatency, slo: 'tokens' },
  ];
  return objectives.flatMap(({ name, bucket, seconds, slo: label }) =>
    BURN_RATES.map(({ suffix, rate, windows, severity, left, for: pending }) => {
      const limit = Number((rate * BUDGET).toFixed(3));
      const slow = (window: string): string => {
        const within = (bound: string) => `sum(rate(${bucket}{model_name="${servedName}", le="${bound}"}[${window}]))`;
        return `1 - ${within(boundOf(seconds))} / (${within('+Inf')} > 0) > ${limit}`;
      };
      return {
        ...{ name: `${name}${suffix}`, expr: windows.map((window) => `(${slow(window)})`).join('\nand '), for: pending, severity },
        labels: { slo: label },
        summary: `${100 * limit} % of the answers of ${servedName} miss ${seconds} s (${label})`,
        description: `At this rate the slow answers that a month may have are used up in ${left}; a canary that is running is judged by the same limit.`,
      };
    }),
  );
}

/** Edges of histograms are written as Python writes them. */
const boundOf = (seconds: number): string => (Number.isInteger(seconds) ? `${seconds}.0` : `${seconds}`);

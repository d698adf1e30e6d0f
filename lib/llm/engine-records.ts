import { Construct } from 'constructs';

import { engineMetrics } from '../observability/engine-metrics';
import { RecordingRules } from '../observability/recording-rules';

/** Labels that tell pods of different namespaces apart; sums over pods would jump whenever one goes. */
const POD = 'model_name, namespace, pod';

/**
 * What the engine reports, under the names that the LLM service's metrics were described by. Labels that it does not write, such as
 * the size of a batch, are left out.
 */
export class EngineRecords extends Construct {
  constructor(scope: Construct, name: string, { servedName }: { readonly servedName: string }) {
    super(scope, name);

    new RecordingRules(this, name, ofModel(servedName));
  }
}

function ofModel(servedName: string): Record<string, string> {
  const model = `{model_name="${servedName}"}`;
  const { finished, generatedTokens, requestLatency, requestLatencySum, requestLatencyCount, running } = engineMetrics;
  const sum = (metric: string, by = POD): string => `sum by (${by}) (max_over_time(${metric}${model}[1m]))`;
  return {
    llm_requests_total: `label_replace(${sum(finished, `${POD}, finished_reason`)}, "status", "$1", "finished_reason", "(.+)")`,
    llm_request_duration_seconds_bucket: sum(requestLatency, `${POD}, le`),
    llm_request_duration_seconds_sum: sum(requestLatencySum),
    llm_request_duration_seconds_count: sum(requestLatencyCount),
    llm_tokens_generated_total: sum(generatedTokens),
    // From the start of its container to the first answer of its probe: reading the weights is nearly all of that.
    llm_model_load_duration_seconds: [
      '(max by (namespace, pod) (kube_pod_status_container_ready_time)',
      ' - min by (namespace, pod) (kube_pod_container_state_started))',
      ` * on (namespace, pod) group_left (model_name) (0 * max by (${POD}) (${running}${model}) + 1)`,
    ].join(''),
  };
}

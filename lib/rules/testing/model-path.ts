import type { Draft, Drafts } from './sample-target';

/** Figures of a request's way through the sample, from the route in front of LiteLLM to the engine. */
export interface ModelPath {
  readonly route?: string;
  readonly litellm?: readonly string[];
  readonly gateway?: Draft;
  readonly engine?: string;
}

/** Where LiteLLM calls the model: a Service in front of the gateway's proxies. */
export const MODEL_HOST = 'model.edge.svc.cluster.local';

const upstream = (seconds: number): Draft => ({
  annotations: {
    'konghq.com/read-timeout': `${seconds * 1000}`,
    'konghq.com/write-timeout': `${seconds * 1000}`,
    'konghq.com/retries': '0',
  },
});

/** Makes `web` of the sample a LiteLLM that calls the model through the gateway, each hop with ten seconds more than the next. */
export function modelPath(
  { get, add }: Drafts,
  { route = '630s', litellm, gateway = {}, engine = 'shutdown-timeout: 600' }: ModelPath = {},
): void {
  const { spec } = get('Deployment/model').spec.template;
  spec.volumes.push({ name: 'config', configMap: { name: 'engine' } });
  spec.terminationGracePeriodSeconds = 630;
  spec.containers[0].lifecycle = { preStop: { exec: { command: ['sleep', '15'] } } };

  get('HTTPRoute/web').spec.rules[0].timeouts.backendRequest = route;
  get('Service/web').metadata.annotations = upstream(630).annotations;
  Object.assign(get('Canary/model').spec.service, {
    ...{ hosts: [MODEL_HOST], timeout: '610s', backendTimeout: '610s', primary: upstream(610), canary: upstream(610) },
    ...gateway,
  });
  get('ConfigMap/web-config').data['config.yaml'] = [
    'model_list:',
    '  - model_name: llama',
    '    litellm_params:',
    '      model: hosted_vllm/llama',
    `      api_base: http://${MODEL_HOST}/v1`,
    '      timeout: 620',
    'litellm_settings:',
    ...(litellm ?? ['  request_timeout: 620', 'router_settings:', '  num_retries: 1', '  retry_policy:', '    TimeoutErrorRetries: 0']),
  ].join('\n');
  add(
    {
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'engine', namespace: 'llm' } },
      data: { 'config.yaml': `served-model-name: llama\n${engine}\n` },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'model', namespace: 'edge' } },
      spec: { selector: { 'slipway.dev/workload': 'kong' }, ports: [{ name: 'http', port: 80, targetPort: 8000 }] },
    },
  );
}

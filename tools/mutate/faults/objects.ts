/** Objects that many faults are put into, and the fields they share. */
export const ENGINE = 'Deployment/llm/llm-service';
export const ENGINE_CONFIG = 'ConfigMap/llm/llm-service-config';
export const ENGINE_SCALER = 'HorizontalPodAutoscaler/llm/llm-service';
export const ENGINE_SIZES = 'VerticalPodAutoscaler/llm/llm-service-vpa';
export const CANARY = 'Canary/llm/llm-service';
export const MARKER = 'ConfigMap/llm/llm-service-release';
export const LOAD_TESTER = 'Deployment/llm/flagger-loadtester';
export const FETCH = 'Job/llm/model-fetch-*';
export const GATEWAY = 'Deployment/litellm/litellm';
export const GATEWAY_CONFIG = 'ConfigMap/litellm/litellm-config';
export const GATEWAY_SERVICE = 'Service/litellm/litellm-service';
export const GATEWAY_SCALER = 'HorizontalPodAutoscaler/litellm/litellm';
export const GATEWAY_SECRETS = 'ExternalSecret/litellm/litellm-secrets';
export const MIGRATION = 'Job/litellm/litellm-migration';
export const CACHE = 'StatefulSet/litellm/redis';
export const DATABASE = 'Cluster/litellm/postgresql';
export const ROUTE = 'HTTPRoute/litellm/litellm-api';
export const PUBLIC = 'Gateway/edge/public';
export const INTERNAL = 'Gateway/edge/internal';
export const ALERTS = 'PrometheusRule/llm/llm-service-alerts';

/** A workload's pod, and its first container. */
export const POD = '/spec/template/spec';
export const FIRST = `${POD}/containers/0`;

export const WAVE = '/metadata/annotations/argocd.argoproj.io~1sync-wave';
export const SYNC_OPTIONS = '/metadata/annotations/argocd.argoproj.io~1sync-options';

/** The configuration of LiteLLM and of the engine: files in ConfigMaps. */
export const CONFIG_FILE = '/data/config.yaml';

export const policy = (namespace: string, name: string): string => `NetworkPolicy/${namespace}/${name}`;
export const template = (name: string): string => `MetricTemplate/llm/${name}`;

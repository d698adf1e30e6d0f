import { parse } from 'yaml';

import type { Checks } from '../acceptance';
import { exportersIn, keepingLogs, lokiIn } from '../log-storage';
import { calleesOf } from '../network';
import { allIn, dist, page, targets, valuesOf } from '../read';
import { container, variable } from '../workloads';
import { apiTargets } from './regions';

const collector = (target: string) => parse(dist(`${target}/monitoring/ConfigMap.otel-collector-config`).data['config.yaml']);
const jaeger = (target: string) => parse(dist(`${target}/monitoring/ConfigMap.jaeger-config`).data['config.yaml']);
const portsOf = (target: string, service: string): number[] =>
  dist(`${target}/monitoring/Service.${service}`).spec.ports.map(({ port }: { port: number }) => port);

interface Recording {
  readonly record?: string;
  readonly expr: string;
}

/** The expression that is recorded under a name, and only one is. */
function recorded(target: string, name: string): string {
  const rules: Recording[] = allIn(`dist/${target}`, 'PrometheusRule').flatMap(({ spec }) =>
    spec.groups.flatMap((group: { rules: Recording[] }) => group.rules),
  );
  const expressions = [...new Set(rules.filter(({ record }) => record === name).map(({ expr }) => expr))];
  if (expressions.length === 0) throw new Error(`Cannot find a recording of "${name}" in ${target}`);
  return expressions.join(' or ');
}

/** Holds a metric to the series it is made of and to its labels. */
const records = (name: string, series: RegExp, labels: readonly string[]) => () => {
  for (const target of apiTargets) {
    expect(recorded(target, name)).toMatch(series);
    for (const label of labels) expect(recorded(target, name)).toContain(label);
  }
};

/** Metrics under the names that dashboards know, and traces. */
export const signals: Checks = {
  87: records('llm_requests_total', /vllm:request_success_total/, ['model_name', '"status"']),
  88: records('llm_request_duration_seconds_bucket', /vllm:e2e_request_latency_seconds_bucket/, ['model_name', 'le']),
  89: records('llm_tokens_generated_total', /vllm:generation_tokens_total/, ['model_name']),
  90: records('gpu_utilization_percent', /DCGM_FI_DEV_GPU_UTIL/, ['gpu_index', 'node_name']),
  91: records('gpu_memory_used_bytes', /DCGM_FI_DEV_FB_USED.*\* 1048576/, ['gpu_index', 'node_name']),
  92: records('llm_model_load_duration_seconds', /kube_pod_status_container_ready_time.*kube_pod_container_state_started/, ['model_name']),

  94: () => {
    for (const target of targets('prod')) {
      expect(container(dist(`${target}/monitoring/Deployment.jaeger`)).image).toMatch(/jaegertracing\/jaeger:2\./);
      expect(collector(target).exporters['otlp/jaeger'].endpoint).toBe('jaeger.monitoring.svc.cluster.local:4317');
      expect(collector(target).service.pipelines.traces.exporters).toEqual(['otlp/jaeger']);
    }
  },

  95: () => {
    for (const target of apiTargets) {
      const ports = [...portsOf(target, 'otel-collector'), ...portsOf(target, 'jaeger')];

      expect(portsOf(target, 'otel-collector')).toEqual(expect.arrayContaining([4317, 4318]));
      expect(collector(target).receivers.otlp.protocols).toMatchObject({
        grpc: { endpoint: '0.0.0.0:4317' },
        http: { endpoint: '0.0.0.0:4318' },
      });
      expect(portsOf(target, 'jaeger')).toContain(16686);
      expect(ports.filter((port) => [5775, 5778, 6831, 6832, 9411, 14250, 14268].includes(port))).toEqual([]);
    }
    expect(page('how-to/read-traces')).toContain('kubectl -n monitoring port-forward deploy/jaeger 16686');
    expect(page('how-to/names')).toContain('| `jaeger-agent.monitoring`, ports 5775, 6831,');
  },

  96: () => {
    const backendOf = (target: string) => jaeger(target).extensions.jaeger_storage.backends.traces;

    expect(backendOf('prod/us-west-2').elasticsearch.server_urls).toEqual(['https://traces.us-west-2.llm-production.com']);
    expect(Object.keys(backendOf('dev/germanywestcentral'))).toEqual(['badger']);
  },

  97: () => {
    for (const target of apiTargets) {
      const server = dist(`${target}/llm/Deployment.llm-service`);
      const config = parse(dist(`${target}/llm/ConfigMap.llm-service-config`).data['config.yaml']);

      expect(variable(server, 'OTEL_SERVICE_NAME')).toBe('llm-service');
      expect(variable(server, 'OTEL_TRACES_SAMPLER')).toMatch(/^parentbased_/);
      expect(config['otlp-traces-endpoint']).toBe('http://otel-collector.monitoring.svc.cluster.local:4317');
      expect(calleesOf(target, 'llm/llm-service')).toContain('monitoring/otel-collector:4317');
    }
  },

  98: () => {
    const policies = collector('prod/us-west-2').processors.tail_sampling.policies;

    expect(policies).toContainEqual({ name: 'failed', type: 'status_code', status_code: { status_codes: ['ERROR'] } });
    expect(page('how-to/read-traces')).toContain('Failed spans have the status `ERROR`');
    expect(dist('prod/us-west-2/foundation/KongClusterPlugin.kong-opentelemetry')).toMatchObject({
      metadata: { labels: { global: 'true' }, annotations: { 'kubernetes.io/ingress.class': 'kong' } },
      plugin: 'opentelemetry',
      config: { traces_endpoint: 'http://otel-collector.monitoring.svc.cluster.local:4318/v1/traces', sampling_rate: 1 },
    });
    expect(valuesOf('prod/us-west-2', 'kong').env.tracing_instrumentations).toBe('request');
    expect(page('how-to/read-traces')).toContain('`http.status_code`');
    for (const plane of ['kong', 'kong-internal'])
      expect(valuesOf('prod/us-west-2', plane).env.nginx_http_log_format).toMatch(
        /"request_id":"\$http_x_request_id".*"status":"\$status"/,
      );
  },

  99: () => {
    const described = page('how-to/read-traces');

    for (const attribute of [
      'gen_ai.response.model',
      'gen_ai.request.max_tokens',
      'gen_ai.usage.prompt_tokens',
      'gen_ai.usage.completion_tokens',
      'gen_ai.latency.e2e',
    ])
      expect(described).toContain(`\`${attribute}\``);
    expect(described).toContain('No span holds a prompt or an answer');
    for (const attribute of ['model.name', 'prompt.length', 'max_tokens', 'inference.duration', 'output.length', 'tokens.generated'])
      expect(page('how-to/names')).toContain(`\`${attribute}\``);
  },

  3: () => {
    for (const target of targets('prod')) {
      expect(dist(`${target}/monitoring/Prometheus.prometheus`).spec.replicas).toBe(2);
      expect(container(dist(`${target}/monitoring/Deployment.grafana`)).ports[0].containerPort).toBe(3000);
      expect(container(dist(`${target}/monitoring/Deployment.jaeger`)).image).toMatch(/jaegertracing\/jaeger:2\./);
      expect(container(dist(`${target}/monitoring/StatefulSet.loki`)).image).toMatch(/grafana\/loki:3\./);
    }
    const elsewhere = keepingLogs('prod/us-west-2', { kind: 'elasticsearch', url: 'https://logs.example.com', network: '10.0.0.0/8' });

    expect(lokiIn(elsewhere)).toEqual([]);
    expect(exportersIn(elsewhere)).toMatchObject({ elasticsearch: { endpoint: 'https://logs.example.com', mapping: { mode: 'otel' } } });
    expect(page('how-to/read-logs')).toContain("logs: { kind: 'elasticsearch'");
  },
};

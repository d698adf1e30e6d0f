import { parse } from 'yaml';

import { eks } from '../environments/platforms';
import type { Manifest } from '../kubernetes/manifest';
import { WRITER, writer } from '../observability/elasticsearch';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { LogCollector } from './log-collector';

const toLoki = synth((chart) => {
  const logs = { name: 'loki', namespace: 'monitoring', pods: { 'slipway.dev/workload': 'loki' }, scope: chart };
  new LogCollector(chart, {
    image: 'example.com/collector:1',
    logs: { kind: 'loki', endpoint: { ...logs, host: 'loki.monitoring.svc.cluster.local', port: 3100, podPort: 3100 } },
    store: secretStore(eks),
  });
});
const toElasticsearch = synth((chart) => {
  new LogCollector(chart, {
    image: 'example.com/collector:1',
    logs: { kind: 'elasticsearch', url: 'https://logs.example.com:9200', network: '10.1.0.0/16' },
    store: secretStore(eks),
  });
});

const podIn = (manifests: readonly Manifest[]) => find(manifests, 'DaemonSet', 'log-collector').spec.template.spec;
const configIn = (manifests: readonly Manifest[]) => parse(find(manifests, 'ConfigMap', 'log-collector-config').data['config.yaml']);
const [pod, config] = [podIn(toLoki), configIn(toLoki)];

test('runs on every node, whatever its taints', () => {
  expect(pod.tolerations).toEqual([{ operator: 'Exists' }]);
  expect(pod).not.toHaveProperty('nodeSelector');
});

test('reads the logs of the node as root, without anything else that root may do', () => {
  const [container] = pod.containers;

  expect(pod.securityContext.runAsUser).toBe(0);
  expect(container.securityContext).toEqual({
    ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    capabilities: { drop: ['ALL'] },
  });
  expect(container.volumeMounts).toContainEqual({ name: 'logs', mountPath: '/var/log/pods', readOnly: true });
  expect(find(toLoki, 'ClusterRole', 'slipway-log-collector').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  ]);
});

test('says of each line whose it is, by the label that people ask for', () => {
  expect(config.processors.k8sattributes.extract.labels).toEqual([
    { tag_name: 'app.kubernetes.io/name', key: 'app.kubernetes.io/name', from: 'pod' },
  ]);
});

test('does not read what it writes itself, and remembers how far it has read', () => {
  const { exclude, storage } = config.receivers.filelog;

  expect(exclude).toEqual(['/var/log/pods/kube-system_log-collector-*/*/*.log']);
  expect(config.extensions[storage].directory).toBe(pod.volumes.find(({ name }: { name: string }) => name === 'positions').hostPath.path);
});

test('sends logs to Loki, which lets it in', () => {
  expect(config.exporters.otlphttp.endpoint).toBe('http://loki.monitoring.svc.cluster.local:3100/otlp');
  expect(find(toLoki, 'NetworkPolicy', 'loki-from-log-collector').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 3100 }]);
});

test('has nothing to sign in with where nobody asks', () => {
  expect(toLoki.filter(({ kind }) => kind === 'ExternalSecret')).toEqual([]);
  expect(pod.containers[0].env).toEqual([{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }]);
});

describe('to Elasticsearch', () => {
  const { exporters, processors, service } = configIn(toElasticsearch);

  test('sends logs as the user that the store knows, and writes no credential down', () => {
    const { endpoint, user, password } = exporters.elasticsearch;
    const { metadata, spec } = find(toElasticsearch, 'ExternalSecret', 'log-storage');

    expect([endpoint, user, password]).toEqual(['https://logs.example.com:9200', writer.user, writer.password]);
    expect(metadata.namespace).toBe('kube-system');
    expect(spec.data).toEqual([
      { secretKey: 'user', remoteRef: { key: 'log-storage-user' } },
      { secretKey: 'password', remoteRef: { key: 'log-storage-password' } },
    ]);
    for (const [name, key] of [
      [WRITER.user, 'user'],
      [WRITER.password, 'password'],
    ])
      expect(podIn(toElasticsearch).containers[0].env).toContainEqual({ name, valueFrom: { secretKeyRef: { name: 'log-storage', key } } });
  });

  test('sends each line once, to a data stream of its own, in the form that Grafana reads', () => {
    expect(service.pipelines).toEqual({
      logs: {
        receivers: ['filelog'],
        processors: ['memory_limiter', 'k8sattributes', 'resource', 'batch'],
        exporters: ['elasticsearch'],
      },
    });
    expect(processors.resource.attributes).toEqual([{ key: 'data_stream.dataset', value: 'slipway', action: 'insert' }]);
    expect(exporters.elasticsearch.mapping).toEqual({ mode: 'otel' });
  });

  test('tries again for minutes, and reads no more meanwhile', () => {
    const { retry, sending_queue: queue } = exporters.elasticsearch;
    const waits = Array.from({ length: retry.max_retries }, (_, n) => Math.min(2 ** n, Number(retry.max_interval.slice(0, -1))));

    expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(300);
    expect(retry.retry_on_status).toEqual(expect.arrayContaining([429, 503]));
    expect(queue).toEqual({ enabled: true, block_on_overflow: true });
  });
});

import { parse } from 'yaml';

import { find, synth } from '../../testing/manifests';
import { sample } from '../../testing/sample-target';
import { Loki } from './loki';

const manifests = synth(
  (chart) =>
    new Loki(chart, {
      namespace: 'test',
      settings: { kind: 'loki', retentionDays: 30, sizeGiB: 200 },
      image: 'example.com/loki:3',
      placement: { pool: sample.region.systemPool, imagePullSecrets: [] },
    }),
);
const config = parse(find(manifests, 'ConfigMap', 'loki-config').data['loki.yaml']);

test('keeps logs for the days that it is told, and then deletes them', () => {
  expect(config.limits_config.retention_period).toBe('720h');
  expect(config.compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
});

test('finds logs by service, namespace, pod and container', () => {
  expect(config.limits_config.otlp_config.resource_attributes).toEqual({
    ignore_defaults: true,
    attributes_config: [
      { action: 'index_label', attributes: ['app.kubernetes.io/name', 'k8s.namespace.name', 'k8s.pod.name', 'k8s.container.name'] },
    ],
  });
});

test('writes to its volume alone, which outlives it and which no backup holds', () => {
  const { metadata, spec } = find(manifests, 'StatefulSet', 'loki');
  const [container] = spec.template.spec.containers;

  expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
  expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: config.common.path_prefix });
  expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('200Gi');
  expect(metadata.labels).toMatchObject({ 'velero.io/exclude-from-backup': 'true' });
});

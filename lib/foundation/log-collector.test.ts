import { parse } from 'yaml';

import { find, synth } from '../testing/manifests';
import { LogCollector } from './log-collector';

const manifests = synth((chart) => {
  const logs = { name: 'loki', namespace: 'monitoring', pods: { 'slipway.dev/workload': 'loki' }, scope: chart };
  new LogCollector(chart, {
    image: 'example.com/collector:1',
    logs: { ...logs, host: 'loki.monitoring.svc.cluster.local', port: 3100, podPort: 3100 },
  });
});
const pod = find(manifests, 'DaemonSet', 'log-collector').spec.template.spec;
const config = parse(find(manifests, 'ConfigMap', 'log-collector-config').data['config.yaml']);

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
  expect(find(manifests, 'ClusterRole', 'slipway-log-collector').rules).toEqual([
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
  expect(find(manifests, 'NetworkPolicy', 'loki-from-log-collector').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 3100 }]);
});

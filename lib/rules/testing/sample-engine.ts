import type { Drafts } from './sample-target';

/** Makes the sample's model an engine on two GPUs that waits for what a Job fetches, and that an alert watches. */
export function withEngine({ get, add }: Drafts, change: Readonly<Record<string, string>> = {}): void {
  const settings = {
    ...{ model: '/models/llama/7f3a9c', 'served-model-name': 'llama', 'tensor-parallel-size': '2', 'gpu-memory-utilization': '0.9' },
    ...change,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}\n`);
  const { spec: pod } = get('Deployment/model').spec.template;
  const folder = [
    { name: 'MODELS', value: '/models' },
    { name: 'MODEL_FOLDER', value: 'llama/7f3a9c' },
  ];
  const volumes = [{ name: 'files', persistentVolumeClaim: { claimName: 'models' } }];
  pod.volumes = [
    ...volumes,
    { name: 'config', configMap: { name: 'model-config' } },
    { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
  ];
  pod.containers[0].command = ['vllm', 'serve', '--config=/config/config.yaml'];
  pod.containers[0].volumeMounts = [
    { name: 'files', mountPath: '/models', readOnly: true },
    { name: 'config', mountPath: '/config' },
    { name: 'shared-memory', mountPath: '/dev/shm' },
  ];
  pod.initContainers = [{ name: 'wait', env: structuredClone(folder) }];
  add(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model-config', namespace: 'llm' }, data: { 'config.yaml': lines.join('') } },
    {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch', namespace: 'llm' } },
      spec: {
        template: {
          spec: { containers: [{ name: 'fetch', env: folder, volumeMounts: [{ name: 'files' }] }], volumes: structuredClone(volumes) },
        },
      },
    },
    {
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'alerts', namespace: 'llm' } },
      spec: { groups: [{ name: 'engine', rules: [{ alert: 'Slow', expr: 'latency{model_name="llama"} > 1' }] }] },
    },
  );
}

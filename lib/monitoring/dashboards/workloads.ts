import type { Dashboard } from '../../observability/dashboard';

const NAMESPACE = 'namespace=~"$namespace"';

/** Whether what runs is there, how much it takes of what it may, and how full its claims are. The chat and every other app are namespaces of it. */
export const workloads: Dashboard = {
  uid: 'workloads',
  title: 'Workloads',
  variables: [{ name: 'namespace', metric: 'kube_deployment_spec_replicas' }],
  rows: [
    {
      title: 'Availability',
      panels: [
        {
          title: 'Replicas that answer',
          unit: 'short',
          queries: {
            '{{namespace}}/{{deployment}}': `max by (namespace, deployment) (kube_deployment_status_replicas_available{${NAMESPACE}})`,
          },
        },
        {
          title: 'Replicas missing',
          unit: 'short',
          limit: 1,
          queries: {
            '{{namespace}}/{{deployment}}': `max by (namespace, deployment) (kube_deployment_spec_replicas{${NAMESPACE}}) - max by (namespace, deployment) (kube_deployment_status_replicas_available{${NAMESPACE}}) > 0`,
          },
        },
        {
          title: 'Restarts in an hour',
          unit: 'short',
          queries: {
            '{{namespace}}/{{pod}}': `sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{${NAMESPACE}}[1h])) > 0`,
          },
        },
      ],
    },
    {
      title: 'Processor and memory',
      panels: [
        {
          title: 'Processors used',
          unit: 'short',
          queries: {
            '{{namespace}}/{{pod}}': `sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${NAMESPACE}, container!=""}[5m]))`,
          },
        },
        {
          title: 'Memory, of its limit',
          unit: 'percentunit',
          limit: 0.9,
          queries: {
            '{{namespace}}/{{pod}} {{container}}': `max by (namespace, pod, container) (container_memory_working_set_bytes{${NAMESPACE}, container!=""}) / on (namespace, pod, container) (max by (namespace, pod, container) (kube_pod_container_resource_limits{${NAMESPACE}, resource="memory"}) > 0)`,
          },
        },
      ],
    },
    {
      title: 'Scaling and storage',
      panels: [
        {
          title: 'Replicas of autoscalers, of their maximum',
          unit: 'percentunit',
          limit: 1,
          queries: {
            '{{namespace}}/{{horizontalpodautoscaler}}': `max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{${NAMESPACE}}) / on (namespace, horizontalpodautoscaler) (max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${NAMESPACE}}) > 0)`,
          },
        },
        {
          title: 'Claims in use',
          unit: 'percentunit',
          limit: 0.85,
          queries: {
            '{{namespace}}/{{persistentvolumeclaim}}': `max by (namespace, persistentvolumeclaim) (1 - kubelet_volume_stats_available_bytes{${NAMESPACE}} / (kubelet_volume_stats_capacity_bytes{${NAMESPACE}} > 0))`,
          },
        },
      ],
    },
  ],
};

import type { Alert } from '../../observability/alert-rules';

/** Share of a claim that is free when somebody should look, and when it is nearly too late. */
const CLAIM_FREE = { ticket: 0.15, page: 0.05 } as const;

const free = 'min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes / (kubelet_volume_stats_capacity_bytes > 0))';

/** What goes wrong with any workload, whatever it does. */
export const workloadAlerts: readonly Alert[] = [
  {
    name: 'WorkloadDown',
    // Flagger holds the Deployments that it is not analysing at zero, and wants none of them.
    expr: 'max by (namespace, deployment) (kube_deployment_status_replicas_available) == 0 and on (namespace, deployment) max by (namespace, deployment) (kube_deployment_spec_replicas) > 0',
    ...{ for: '5m', severity: 'page' },
    summary: 'No replica of {{ $labels.deployment }} in {{ $labels.namespace }} answers',
    description: 'Whoever depends on it gets errors. Its events tell whether pods wait for nodes, for images or for each other, or die.',
  },
  {
    name: 'WorkloadShort',
    expr: 'max by (namespace, deployment) (kube_deployment_spec_replicas) > on (namespace, deployment) max by (namespace, deployment) (kube_deployment_status_replicas_available)',
    ...{ for: '20m', severity: 'ticket' },
    summary: '{{ $labels.deployment }} in {{ $labels.namespace }} has had fewer replicas than it wants for 20 minutes',
    description: 'It answers, with less room for load and for the loss of a node.',
  },
  {
    name: 'PodCrashLoops',
    expr: 'max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) > 0',
    ...{ for: '10m', severity: 'ticket' },
    summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} dies again and again',
    description: 'Each start is delayed longer. The log of the try before tells why; other replicas serve as long as they live.',
  },
  {
    name: 'PodPending',
    expr: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) > 0',
    ...{ for: '20m', severity: 'ticket' },
    summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} has not started for 20 minutes',
    description: 'No node has room for what it asks for, or something that it mounts is not there: autoscaling and releases wait with it.',
  },
  {
    name: 'AutoscalerAtMaximum',
    expr: 'max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas) >= on (namespace, horizontalpodautoscaler) max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas)',
    ...{ for: '30m', severity: 'ticket' },
    summary: '{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} has had its last replica for half an hour',
    description: 'More load makes it slower from here on.',
  },
  {
    // Of a workload without pods an autoscaler decides nothing, and Flagger keeps such ones.
    name: 'AutoscalerBlind',
    expr: [
      'max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_condition{condition="ScalingActive", status="false"}) == 1',
      'and on (namespace, horizontalpodautoscaler) max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas) > 0',
    ].join('\n'),
    ...{ for: '15m', severity: 'ticket' },
    summary: '{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} does not learn the metric that it goes by',
    description:
      'Replicas stay as they are, whatever the load: the metrics server, the adapter of custom metrics or Prometheus does not answer.',
  },
  {
    name: 'StatefulSetShort',
    expr: 'max by (namespace, statefulset) (kube_statefulset_replicas) > on (namespace, statefulset) max by (namespace, statefulset) (kube_statefulset_status_replicas_ready)',
    ...{ for: '15m', severity: 'ticket' },
    summary: '{{ $labels.statefulset }} in {{ $labels.namespace }} has had fewer members than it wants for 15 minutes',
    description: 'Databases have alerts of their own; of logs, metrics and alerts, the rest is what is left to look at.',
  },
  {
    name: 'DaemonSetShort',
    expr: 'max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled) > on (namespace, daemonset) max by (namespace, daemonset) (kube_daemonset_status_number_available)',
    ...{ for: '30m', severity: 'ticket' },
    summary: '{{ $labels.daemonset }} in {{ $labels.namespace }} does not run on every node that it is for',
    description: 'On the others, logs are not collected, GPUs are not known or not measured, or traffic is not encrypted.',
  },
  {
    name: 'ClaimFills',
    expr: `${free} < ${CLAIM_FREE.ticket}`,
    ...{ for: '15m', severity: 'ticket' },
    summary: 'Claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is nearly full',
    description: 'Classes of ours let volumes grow: give the claim more before its owner stops writing.',
  },
  {
    name: 'ClaimFull',
    expr: `${free} < ${CLAIM_FREE.page}`,
    ...{ for: '5m', severity: 'page' },
    summary: 'Claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is full in a moment',
    description: 'A database that cannot write stops, and what depends on it with it.',
  },
  {
    name: 'NodeNotReady',
    expr: 'max by (node) (kube_node_status_condition{condition="Ready", status="true"}) == 0',
    ...{ for: '10m', severity: 'ticket' },
    summary: 'Node {{ $labels.node }} is not ready',
    description: 'Its pods are started elsewhere where there is room. A GPU node takes models along that load for minutes.',
  },
];

import type { Family } from './families';

const STATUS = 'condition,status=true|false|unknown';
/** Those of the kubelet, and of the problem detector that clouds run beside it. */
const NODE_CONDITION =
  'condition=Ready|MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable|KernelDeadlock|ReadonlyFilesystem|FrequentKubeletRestart|' +
  'FrequentDockerRestart|FrequentContainerdRestart|CorruptDockerOverlay2|FilesystemCorruptionProblem|KubeletProblem|ContainerRuntimeProblem|VMEventScheduled';
const READY = 'condition=true|false|unknown';
const OWNER = 'owner_kind,owner_name,owner_is_controller';
const QUANTITY = 'resource,unit';
const OF_ALL = 'annotations:* labels:* created deletion_timestamp metadata_generation';
const CONTAINER =
  'info:image,image_id,image_spec,container_id,restart_policy status_waiting status_waiting_reason:reason status_running state_started status_terminated ' +
  'status_terminated_reason:reason status_last_terminated_reason:reason status_last_terminated_exitcode status_last_terminated_timestamp ' +
  `status_ready status_restarts_total resource_requests:${QUANTITY} resource_limits:${QUANTITY}`;

/** What kube-state-metrics tells of objects. Kinds that are not here may be asked for anything. */
export const KUBE_STATE: readonly Family[] = [
  {
    begins: 'kube_pod_',
    labels: 'uid',
    names:
      `${OF_ALL} info:host_ip,pod_ip,created_by_kind,created_by_name,priority_class,host_network ips:ip,ip_family start_time completion_time ` +
      `owner:${OWNER} nodeselectors:* status_phase:phase=Pending|Running|Succeeded|Failed|Unknown ` +
      `status_qos_class:qos_class=BestEffort|Burstable|Guaranteed status_ready:${READY} status_scheduled:${READY} status_initialized_time ` +
      'status_ready_time status_container_ready_time status_reason:reason status_scheduled_time status_unscheduled_time status_unschedulable ' +
      'overhead_cpu_cores overhead_memory_bytes runtimeclass_name_info:runtimeclass_name restart_policy:type=Always|Never|OnFailure ' +
      'spec_volumes_persistentvolumeclaims_info:persistentvolumeclaim,volume spec_volumes_persistentvolumeclaims_readonly:persistentvolumeclaim,volume ' +
      'tolerations:key,operator,value,effect,toleration_seconds service_account:service_account scheduler:name ' +
      'resource_request:scheduler,priority,resource,unit resource_limit:scheduler,priority,resource,unit',
  },
  { begins: 'kube_pod_container_', labels: 'uid', names: CONTAINER },
  { begins: 'kube_pod_init_container_', labels: 'uid', names: CONTAINER },
  {
    begins: 'kube_deployment_',
    labels: 'deployment',
    names:
      `${OF_ALL} status_replicas status_replicas_ready status_replicas_available status_replicas_unavailable status_replicas_updated owner:${OWNER} ` +
      `status_observed_generation status_condition:${STATUS},reason spec_replicas spec_paused spec_topology_spread_constraint:* ` +
      'spec_strategy_rollingupdate_max_unavailable spec_strategy_rollingupdate_max_surge',
  },
  {
    begins: 'kube_statefulset_',
    labels: 'statefulset',
    names:
      `${OF_ALL} status_replicas status_replicas_current status_replicas_ready status_replicas_available status_replicas_updated replicas ` +
      'status_observed_generation ordinals_start persistentvolumeclaim_retention_policy:when_deleted,when_scaled ' +
      'status_current_revision:revision status_update_revision:revision',
  },
  {
    begins: 'kube_daemonset_',
    labels: 'daemonset',
    names:
      `${OF_ALL} status_current_number_scheduled status_desired_number_scheduled status_number_available status_number_misscheduled ` +
      'status_number_ready status_number_unavailable status_observed_generation status_updated_number_scheduled',
  },
  {
    begins: 'kube_replicaset_',
    labels: 'replicaset',
    names: `${OF_ALL} owner:${OWNER} status_replicas status_fully_labeled_replicas status_ready_replicas status_observed_generation spec_replicas`,
  },
  {
    begins: 'kube_horizontalpodautoscaler_',
    labels: 'horizontalpodautoscaler',
    names:
      `${OF_ALL} info:scaletargetref_api_version,scaletargetref_kind,scaletargetref_name spec_max_replicas spec_min_replicas ` +
      `spec_target_metric:metric_name,metric_target_type status_target_metric:metric_name,metric_target_type status_condition:${STATUS} ` +
      'status_current_replicas status_desired_replicas',
  },
  {
    begins: 'kube_job_',
    labels: 'job_name',
    names:
      `${OF_ALL} info owner:${OWNER} spec_parallelism spec_completions spec_active_deadline_seconds status_active status_succeeded ` +
      `status_failed:reason status_start_time status_completion_time status_suspended:${READY} complete:${READY} failed:${READY}`,
  },
  {
    begins: 'kube_node_',
    labels: '',
    names:
      `${OF_ALL} info:* role:role spec_unschedulable spec_taint:key,value,effect status_capacity:${QUANTITY} status_allocatable:${QUANTITY} ` +
      `status_condition:${NODE_CONDITION},status=true|false|unknown status_addresses:type,address volumes_in_use_count volumes_attached_count`,
  },
  {
    begins: 'kube_persistentvolumeclaim_',
    labels: 'persistentvolumeclaim',
    names:
      `${OF_ALL} info:storageclass,volumename,volumemode status_phase:phase=Pending|Bound|Lost resource_requests_storage_bytes ` +
      `access_mode:access_mode status_condition:${STATUS}`,
  },
  {
    begins: 'kube_poddisruptionbudget_',
    labels: 'poddisruptionbudget',
    names: `${OF_ALL} status_current_healthy status_desired_healthy status_pod_disruptions_allowed status_expected_pods status_observed_generation`,
  },
  { begins: 'kube_', labels: '', names: 'resourcequota:resource,type=hard|used', open: true },
];

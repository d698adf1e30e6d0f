import { path } from '../fields';

/** A field that takes one of a few values. */
export interface Choice {
  readonly path: readonly string[];
  readonly values: readonly string[];
}

const choice = (text: string, ...values: readonly string[]): Choice => ({ path: path(text), values });

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** Fields of a pod's spec. */
export const POD_CHOICES: readonly Choice[] = [
  choice('/containers/*/imagePullPolicy', 'Always', 'IfNotPresent', 'Never'),
  choice('/containers/*/ports/*/protocol', ...PROTOCOLS),
  choice('/tolerations/*/operator', 'Exists', 'Equal'),
  choice('/tolerations/*/effect', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  choice('/topologySpreadConstraints/*/whenUnsatisfiable', 'DoNotSchedule', 'ScheduleAnyway'),
  choice('/dnsPolicy', 'ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
  choice('/volumes/*/emptyDir/medium', '', 'Memory', 'HugePages'),
  choice('/securityContext/fsGroupChangePolicy', 'OnRootMismatch', 'Always'),
];

/** Fields of other objects, by kind. */
export const CHOICES: Readonly<Record<string, readonly Choice[]>> = {
  Deployment: [choice('/spec/strategy/type', 'RollingUpdate', 'Recreate')],
  StatefulSet: [
    choice('/spec/podManagementPolicy', 'OrderedReady', 'Parallel'),
    choice('/spec/updateStrategy/type', 'RollingUpdate', 'OnDelete'),
    choice('/spec/persistentVolumeClaimRetentionPolicy/whenDeleted', 'Retain', 'Delete'),
    choice('/spec/persistentVolumeClaimRetentionPolicy/whenScaled', 'Retain', 'Delete'),
    choice('/spec/volumeClaimTemplates/*/spec/accessModes/*', ...MODES),
  ],
  DaemonSet: [choice('/spec/updateStrategy/type', 'RollingUpdate', 'OnDelete')],
  CronJob: [choice('/spec/concurrencyPolicy', 'Allow', 'Forbid', 'Replace')],
  Service: [
    choice('/spec/type', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    choice('/spec/ports/*/protocol', ...PROTOCOLS),
    choice('/spec/externalTrafficPolicy', 'Cluster', 'Local'),
  ],
  NetworkPolicy: [
    choice('/spec/policyTypes/*', 'Ingress', 'Egress'),
    choice('/spec/ingress/*/ports/*/protocol', ...PROTOCOLS),
    choice('/spec/egress/*/ports/*/protocol', ...PROTOCOLS),
  ],
  PersistentVolumeClaim: [choice('/spec/accessModes/*', ...MODES), choice('/spec/volumeMode', 'Filesystem', 'Block')],
  StorageClass: [choice('/reclaimPolicy', 'Delete', 'Retain'), choice('/volumeBindingMode', 'Immediate', 'WaitForFirstConsumer')],
  HorizontalPodAutoscaler: [
    choice('/spec/metrics/*/type', 'Resource', 'ContainerResource', 'Pods', 'Object', 'External'),
    ...['resource', 'pods'].map((source) => choice(`/spec/metrics/*/${source}/target/type`, 'Utilization', 'AverageValue', 'Value')),
    ...['scaleUp', 'scaleDown'].flatMap((direction) => [
      choice(`/spec/behavior/${direction}/selectPolicy`, 'Max', 'Min', 'Disabled'),
      choice(`/spec/behavior/${direction}/policies/*/type`, 'Pods', 'Percent'),
    ]),
  ],
  PriorityClass: [choice('/preemptionPolicy', 'Never', 'PreemptLowerPriority')],
  HTTPRoute: [choice('/spec/rules/*/matches/*/path/type', 'Exact', 'PathPrefix', 'RegularExpression')],
  Gateway: [
    choice('/spec/listeners/*/protocol', 'HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'),
    choice('/spec/listeners/*/allowedRoutes/namespaces/from', 'All', 'Same', 'Selector'),
    choice('/spec/listeners/*/tls/mode', 'Terminate', 'Passthrough'),
  ],
};

import { path } from '../fields';

/** A field that takes one of a few values. */
export interface Choice {
  readonly path: readonly string[];
  readonly values: readonly (string | boolean)[];
}

const choice = (text: string, ...values: Choice['values']): Choice => ({ path: path(text), values });

/** Without quotes: the API server takes no text for it. */
const yesOrNo = (text: string): Choice => choice(text, true, false);

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** Fields of a pod's spec. */
export const POD_CHOICES: readonly Choice[] = [
  choice('/containers/*/ports/*/protocol', ...PROTOCOLS),
  choice('/tolerations/*/operator', 'Exists', 'Equal'),
  choice('/tolerations/*/effect', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  choice('/topologySpreadConstraints/*/whenUnsatisfiable', 'DoNotSchedule', 'ScheduleAnyway'),
  choice('/volumes/*/emptyDir/medium', '', 'Memory', 'HugePages'),
  choice('/securityContext/fsGroupChangePolicy', 'OnRootMismatch', 'Always'),
  ...['automountServiceAccountToken', 'enableServiceLinks', 'hostNetwork', 'hostPID', 'shareProcessNamespace'].map((each) =>
    yesOrNo(`/${each}`),
  ),
  ...['readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'privileged', 'runAsNonRoot'].map((each) =>
    yesOrNo(`/containers/*/securityContext/${each}`),
  ),
  yesOrNo('/containers/*/volumeMounts/*/readOnly'),
];

/** Fields of other objects, by kind, as far as no other rule is about them. */
export const CHOICES: Readonly<Record<string, readonly Choice[]>> = {
  'StatefulSet.apps': [
    choice('/spec/podManagementPolicy', 'OrderedReady', 'Parallel'),
    choice('/spec/updateStrategy/type', 'RollingUpdate', 'OnDelete'),
    choice('/spec/persistentVolumeClaimRetentionPolicy/whenDeleted', 'Retain', 'Delete'),
    choice('/spec/persistentVolumeClaimRetentionPolicy/whenScaled', 'Retain', 'Delete'),
    choice('/spec/volumeClaimTemplates/*/spec/accessModes/*', ...MODES),
  ],
  'DaemonSet.apps': [choice('/spec/updateStrategy/type', 'RollingUpdate', 'OnDelete')],
  Service: [choice('/spec/ports/*/protocol', ...PROTOCOLS), choice('/spec/externalTrafficPolicy', 'Cluster', 'Local')],
  'NetworkPolicy.networking.k8s.io': [
    choice('/spec/policyTypes/*', 'Ingress', 'Egress'),
    choice('/spec/ingress/*/ports/*/protocol', ...PROTOCOLS),
    choice('/spec/egress/*/ports/*/protocol', ...PROTOCOLS),
  ],
  ServiceAccount: [yesOrNo('/automountServiceAccountToken')],
  PersistentVolumeClaim: [choice('/spec/accessModes/*', ...MODES), choice('/spec/volumeMode', 'Filesystem', 'Block')],
  'StorageClass.storage.k8s.io': [
    choice('/reclaimPolicy', 'Delete', 'Retain'),
    choice('/volumeBindingMode', 'Immediate', 'WaitForFirstConsumer'),
  ],
  'HorizontalPodAutoscaler.autoscaling': ['scaleUp', 'scaleDown'].flatMap((direction) => [
    choice(`/spec/behavior/${direction}/selectPolicy`, 'Max', 'Min', 'Disabled'),
    choice(`/spec/behavior/${direction}/policies/*/type`, 'Pods', 'Percent'),
  ]),
  'PriorityClass.scheduling.k8s.io': [choice('/preemptionPolicy', 'Never', 'PreemptLowerPriority')],
  'HTTPRoute.gateway.networking.k8s.io': [choice('/spec/rules/*/matches/*/path/type', 'Exact', 'PathPrefix', 'RegularExpression')],
  'Gateway.networking.istio.io': [
    choice('/spec/servers/*/port/protocol', 'HTTP', 'HTTPS', 'GRPC', 'GRPC-WEB', 'HTTP2', 'MONGO', 'TCP', 'TLS'),
    choice('/spec/servers/*/tls/mode', 'PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'),
  ],
  'AuthorizationPolicy.security.istio.io': [choice('/spec/action', 'ALLOW', 'DENY', 'AUDIT', 'CUSTOM')],
  'PeerAuthentication.security.istio.io': [choice('/spec/mtls/mode', 'UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT')],
  'Gateway.gateway.networking.k8s.io': [
    choice('/spec/listeners/*/protocol', 'HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'),
    choice('/spec/listeners/*/allowedRoutes/namespaces/from', 'All', 'Same', 'Selector'),
    choice('/spec/listeners/*/tls/mode', 'Terminate', 'Passthrough'),
  ],
};

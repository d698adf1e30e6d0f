import { daysAfter } from '../../../lib/messages/days';
import { add, drop, remove, replace, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, ENGINE, FIRST, GATEWAY, LOAD_TESTER, MIGRATION, POD } from './objects';

const CONTEXT = `${FIRST}/securityContext`;
const RBAC = 'rbac.authorization.k8s.io';
const PLUGIN = 'DaemonSet/kube-system/nvidia-device-plugin-daemonset';
const SOON = daysAfter(new Date().toISOString(), 30);
const exceptionOf = (rule: string) => `/metadata/annotations/slipway.dev~1exception.${rule}`;

export const security = chapter('Security', {
  'runs-as-root-allowed': ['A pod may run as root.', drop(GATEWAY, `${POD}/securityContext/runAsNonRoot`)],
  'runs-as-root': ['A pod runs as root.', set(GATEWAY, `${POD}/securityContext/runAsUser`, 0)],
  'container-runs-as-root': ['A container overrides its pod’s user.', set(GATEWAY, `${CONTEXT}/runAsUser`, 0)],
  privileged: ['A container is privileged.', set(LOAD_TESTER, `${CONTEXT}/privileged`, true)],
  'privilege-escalation': ['A container may gain privileges.', set(LOAD_TESTER, `${CONTEXT}/allowPrivilegeEscalation`, true)],
  'capabilities-kept': ['A container keeps the runtime’s capabilities.', drop(CACHE, `${CONTEXT}/capabilities`)],
  'capability-added': ['A container gets a capability.', set(CACHE, `${CONTEXT}/capabilities/add`, ['NET_ADMIN'])],
  'root-writable': ['A container may write to its root file system.', drop(GATEWAY, `${CONTEXT}/readOnlyRootFilesystem`)],
  'root-writable-init': [
    'An init container may write to its root file system.',
    set(MIGRATION, `${POD}/initContainers/0/securityContext/readOnlyRootFilesystem`, false),
  ],
  'seccomp-off': ['A pod’s system calls are unfiltered.', set(GATEWAY, `${POD}/securityContext/seccompProfile/type`, 'Unconfined')],
  'security-context-missing': ['A container has no security context.', drop(ENGINE, CONTEXT)],
  'host-network': ['A pod shares the node’s network.', set(ENGINE, `${POD}/hostNetwork`, true)],
  'host-processes': ['A pod sees the node’s processes.', set(ENGINE, `${POD}/hostPID`, true)],
  'host-ipc': ['A pod shares the node’s memory.', set(ENGINE, `${POD}/hostIPC`, true)],
  'host-path': [
    'A pod mounts a folder of its node.',
    set(ENGINE, `${POD}/volumes/name=models`, { name: 'models', hostPath: { path: '/mnt/models' } }),
  ],
  'host-port': ['A container takes a port of its node.', set(GATEWAY, `${FIRST}/ports/0/hostPort`, 4000)],
  'proc-mount': ['A container sees all of /proc.', set(GATEWAY, `${CONTEXT}/procMount`, 'Unmasked')],
  'unsafe-sysctl': [
    'A pod changes settings of its node’s kernel.',
    set(CACHE, `${POD}/securityContext/sysctls`, [{ name: 'net.core.somaxconn', value: '1024' }]),
  ],
  'token-mounted': ['A pod carries a token for the API server.', set(GATEWAY, `${POD}/automountServiceAccountToken`, true)],
  'token-projected': [
    'A pod mounts a token for the API server by itself.',
    set(GATEWAY, `${POD}/volumes/-`, { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }),
  ],
  'service-links': ['A pod gets variables from the Services around it.', drop(GATEWAY, `${POD}/enableServiceLinks`)],
  'account-misspelt': ['A pod runs under a service account that does not exist.', set(GATEWAY, `${POD}/serviceAccountName`, 'litelm')],
  'account-removed': ['The service account of a pod is gone.', remove('ServiceAccount/litellm/redis')],
  'role-wildcard-verbs': ['A role may do anything with what it names.', set('Role/llm/service-reader', '/rules/0/verbs', ['*'])],
  'role-wildcard-resources': ['A role names everything.', set('Role/llm/service-reader', '/rules/0/resources', ['*'])],
  'role-reads-secrets': ['A role reads the Secrets of its namespace.', set('Role/llm/service-reader', '/rules/0/resources/-', 'secrets')],
  'role-execs': [
    'A role opens shells in pods.',
    set('Role/llm/service-reader', '/rules/-', { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }),
  ],
  'role-misspelt': [
    'A binding names a role that does not exist.',
    set('RoleBinding/llm/service-reader', '/roleRef/name', 'service-readers'),
  ],
  'role-unbound': ['A role is bound to nobody.', remove('RoleBinding/llm/service-reader')],
  'role-to-everyone': [
    'A binding gives a role to everybody who can log in.',
    set('RoleBinding/llm/service-reader', '/subjects/0/name', 'system:authenticated'),
  ],
  'cluster-admin': [
    'A service account may do everything in the cluster.',
    add('foundation', 'ClusterRoleBinding/litellm-admin', undefined, {
      apiVersion: `${RBAC}/v1`,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'litellm', namespace: 'litellm' }],
    }),
  ],
  'binding-to-missing-account': [
    'A binding gives a role to a service account that does not exist.',
    set('RoleBinding/llm/service-reader', '/subjects/0', { kind: 'ServiceAccount', name: 'reader', namespace: 'llm' }),
  ],
  'admin-node-port': [
    'LiteLLM’s administration is a port of every node.',
    set('Service/litellm/litellm-service', '/spec/type', 'NodePort'),
  ],
  'cache-load-balancer': ['Redis has a public address.', set('Service/llm/flagger-loadtester', '/spec/type', 'LoadBalancer')],
  'external-addresses': [
    'A Service takes over addresses of others.',
    set('Service/litellm/litellm-service', '/spec/externalIPs', ['203.0.113.7']),
  ],
  'external-name': [
    'A Service is an alias of a host elsewhere.',
    set('Service/edge/llm-service', '/spec', { type: 'ExternalName', externalName: 'llm.example.org' }),
  ],
  'kong-admin-exposed': [
    'Kong’s administration is open to the network.',
    set('Application/argocd/kong-prod-us-east-1', '/spec/source/helm/valuesObject/admin', {
      enabled: true,
      http: { enabled: true },
      type: 'LoadBalancer',
    }),
  ],
  'kong-manager-on': [
    'Kong’s manager runs.',
    set('Application/argocd/kong-prod-us-east-1', '/spec/source/helm/valuesObject/manager/enabled', true),
  ],
  'namespace-privileged': [
    'A namespace admits privileged pods.',
    set('Namespace/litellm', '/metadata/labels/pod-security.kubernetes.io~1enforce', 'privileged'),
  ],
  'namespace-unlabelled': [
    'A namespace enforces no Pod Security Standard.',
    drop('Namespace/litellm', '/metadata/labels/pod-security.kubernetes.io~1enforce'),
  ],
  'namespace-level-misspelt': [
    'A namespace names a level that does not exist.',
    set('Namespace/litellm', '/metadata/labels/pod-security.kubernetes.io~1enforce', 'restrict'),
  ],
  'exception-lapsed': [
    'An exception’s day has passed.',
    set(PLUGIN, exceptionOf('restricted-pods'), 'platform team: it was needed (until 2020-01-31)'),
  ],
  'exception-unknown-rule': [
    'An exception is about a rule that does not exist.',
    set(GATEWAY, exceptionOf('no-such-rule'), `platform team: it was needed (until ${SOON})`),
  ],
  'exception-malformed': ['An exception has no owner and no day.', set(PLUGIN, exceptionOf('restricted-pods'), 'it is needed')],
  'exception-of-nothing': [
    'An exception excuses nothing.',
    set(GATEWAY, exceptionOf('no-token-mounted'), `platform team: it was needed once (until ${SOON})`),
  ],
  'exception-removed': ['What needs an exception has none.', drop(PLUGIN, exceptionOf('restricted-pods'))],
  'admission-refuses-engine': [
    'Admission does not know the registry of the engine.',
    replace('ValidatingPolicy/pod-baseline', '/spec/validations/1/expression', '"docker.io/vllm/",', ''),
  ],
  'admission-of-others': [
    'Admission looks at all namespaces but ours.',
    set('ValidatingPolicy/pod-baseline', '/spec/matchConstraints/namespaceSelector/matchExpressions/0/operator', 'NotIn'),
  ],
  'signature-of-anybody': [
    'A signature of anybody is enough.',
    set('ImageValidatingPolicy/signed-images-of-codelab', '/spec/attestors/0/cosign/keyless/identities/0/subjectRegExp', '.*'),
  ],
  'lease-of-other-name': [
    'A scheduler may not renew its lease.',
    set('Role/kube-system/gpu-scheduler', '/rules/1/resourceNames', ['kube-scheduler']),
  ],
  'log-collector-sees-nodes': [
    'What collects logs may read nodes, not pods.',
    set('ClusterRole/slipway-log-collector', '/rules/0/resources', ['nodes']),
  ],
  'node-exporter-restricted': [
    'The namespace of pods that hold the node does not admit them.',
    set('Namespace/monitoring-system', '/metadata/labels/pod-security.kubernetes.io~1enforce', 'restricted'),
  ],
  'prometheus-without-rights': [
    'Prometheus’ rights are bound to an account elsewhere.',
    set('ClusterRoleBinding/prometheus', '/subjects/0/namespace', 'monitoring-system'),
  ],
  'admission-unclosed': [
    'An expression of admission lacks a bracket.',
    replace('ValidatingPolicy/pod-baseline', '/spec/validations/0/expression', /\)$/, ''),
  ],
  'database-unencrypted': [
    'A connection to a database does without encryption.',
    replace('ExternalSecret/litellm/litellm-secrets', '/spec/target/template/data/DATABASE_URL', 'sslmode=require', 'sslmode=disable'),
  ],
});

import { add, copy, drop, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, CANARY, ENGINE, FETCH, FIRST, GATEWAY, GATEWAY_SERVICE, LOAD_TESTER, MIGRATION, POD, ROUTE } from './objects';

/** A Job every night, complete but for what a fault changes. */
const nightly = (spec: object) =>
  add('litellm', 'CronJob/nightly', 'litellm', {
    apiVersion: 'batch/v1',
    spec: {
      schedule: '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 600,
          template: {
            metadata: { labels: { 'app.kubernetes.io/name': 'nightly', 'slipway.dev/workload': 'nightly' } },
            spec: {
              ...{ automountServiceAccountToken: false, enableServiceLinks: false, restartPolicy: 'Never', serviceAccountName: 'litellm' },
              securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  ...{ name: 'nightly', image: 'ghcr.io/fluxcd/flagger-loadtester:0.38.0', command: ['true'] },
                  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '16Mi' } },
                  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                },
              ],
            },
          },
        },
      },
      ...spec,
    },
  });

export const kubernetes = chapter('Kubernetes', {
  'api-removed-budget': [
    'A disruption budget is of a version that Kubernetes no longer serves.',
    set('PodDisruptionBudget/litellm/litellm', '/apiVersion', 'policy/v1beta1'),
  ],
  'api-removed-scaler': [
    'An autoscaler is of a version that Kubernetes no longer serves.',
    set('HorizontalPodAutoscaler/litellm/litellm', '/apiVersion', 'autoscaling/v2beta2'),
  ],
  'api-removed-deployment': [
    'A Deployment is of a version that Kubernetes no longer serves.',
    set(GATEWAY, '/apiVersion', 'extensions/v1beta1'),
  ],
  'api-removed-route': [
    'A route is of a version that Gateway API no longer serves.',
    set(ROUTE, '/apiVersion', 'gateway.networking.k8s.io/v1alpha2'),
  ],
  'api-removed-canary': ['A Canary is of a version that Flagger no longer serves.', set(CANARY, '/apiVersion', 'flagger.app/v1alpha3')],
  'api-removed-secret': [
    'An ExternalSecret is of a version that its operator no longer serves.',
    set('ExternalSecret/llm/llm-secrets', '/apiVersion', 'external-secrets.io/v1alpha1'),
  ],
  'api-too-new': [
    'An object is of a version that the oldest cluster does not serve.',
    set('ServiceAccount/litellm/redis', '/apiVersion', 'v2'),
  ],
  'kind-misspelt': ['A kind does not exist.', set('ConfigMap/litellm/redis-config', '/kind', 'Configmap')],
  'kind-in-other-group': ['A kind is looked for in another group.', set(CACHE, '/apiVersion', 'apps.openshift.io/v1')],
  'cron-impossible': ['A schedule names minute 61.', nightly({ schedule: '61 3 * * *' })],
  'cron-six-fields': ['A schedule has seconds, which Kubernetes does not know.', nightly({ schedule: '0 0 3 * * *' })],
  'cron-time-zone-misspelt': ['A schedule’s time zone does not exist.', nightly({ timeZone: 'Europe/Berlyn' })],
  'cron-policy-misspelt': ['A schedule’s policy does not exist.', nightly({ concurrencyPolicy: 'Forbidden' })],
  'cron-name-too-long': [
    'A CronJob’s name leaves no room for its Jobs’.',
    (draft) => {
      nightly({})(draft);
      draft.change('CronJob/litellm/nightly', ({ metadata }) => {
        metadata.name = 'n'.repeat(56);
      });
    },
  ],
  'job-restarts-always': ['A Job’s pods restart for ever.', set(MIGRATION, `${POD}/restartPolicy`, 'Always')],
  'job-restart-missing': ['A Job’s pods say nothing about restarts, which Kubernetes refuses.', drop(FETCH, `${POD}/restartPolicy`)],
  'restart-policy-of-server': [
    'A Deployment’s pods are not restarted, which Kubernetes refuses.',
    set(GATEWAY, `${POD}/restartPolicy`, 'Never'),
  ],
  'variable-twice': ['A container has one variable twice.', set(GATEWAY, `${FIRST}/env/-`, { name: 'LITELLM_LOG', value: 'DEBUG' })],
  'variable-number': [
    'A variable’s value is a number, since its quotes are missing.',
    set(GATEWAY, `${FIRST}/env/name=PROMETHEUS_METRICS_PORT/value`, 4001),
  ],
  'variable-boolean': [
    'A variable’s value is a boolean, since its quotes are missing.',
    set(GATEWAY, `${FIRST}/env/name=DISABLE_SCHEMA_UPDATE/value`, true),
  ],
  'variable-name-malformed': ['A variable’s name has a space.', set(GATEWAY, `${FIRST}/env/name=LITELLM_LOG/name`, 'LITELLM LOG')],
  'variable-two-sources': ['A variable has both a value and a source.', set(GATEWAY, `${FIRST}/env/name=REDIS_PASSWORD/value`, '$(REDIS)')],
  'variable-order': ['A variable refers to one that comes after it.', set(GATEWAY, `${FIRST}/env/0/value`, '$(NO_SUCH_VARIABLE)')],
  'argument-number': ['An argument is a number, since its quotes are missing.', set(LOAD_TESTER, `${FIRST}/command/-`, 8080)],
  'container-twice': [
    'Two containers of a pod share a name.',
    (draft) =>
      draft.change(MIGRATION, ({ spec }) => {
        const pod = spec.template.spec;
        pod.initContainers[0].name = pod.containers[0].name;
      }),
  ],
  'containers-missing': ['A pod has no container.', set(LOAD_TESTER, `${POD}/containers`, [])],
  'config-map-key-malformed': [
    'A ConfigMap’s key has a slash.',
    set('ConfigMap/llm/flagger-loadtester-payload', '/data/payload~1load.json', '{}'),
  ],
  'config-map-value-number': [
    'A ConfigMap’s value is a number, since its quotes are missing.',
    set('ConfigMap/llm/llm-service-release', '/data/attempt', 1),
  ],
  'config-map-missing': [
    'A pod mounts a ConfigMap that does not exist.',
    set(GATEWAY, `${POD}/volumes/name=config/configMap/name`, 'litellm'),
  ],
  'config-map-variable-missing': [
    'A variable reads a ConfigMap’s key that does not exist.',
    set(GATEWAY, `${FIRST}/env/-`, { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'litellm-config', key: 'mode' } } }),
  ],
  'config-map-item-missing': [
    'A volume takes a ConfigMap’s key that does not exist.',
    set(GATEWAY, `${POD}/volumes/name=config/configMap/items`, [{ key: 'litellm.yaml', path: 'config.yaml' }]),
  ],
  'config-map-malformed': [
    'A configuration file does not parse.',
    set('ConfigMap/litellm/litellm-config', '/data/config.yaml', 'model_list:\n  - model_name: x\n bad: ['),
  ],
  'config-map-json-malformed': [
    'A JSON file does not parse.',
    set('ConfigMap/llm/flagger-loadtester-payload', '/data/load.json', '{"model": llama}'),
  ],
  'mount-path-relative': ['A volume is mounted at a relative path.', set(GATEWAY, `${FIRST}/volumeMounts/0/mountPath`, 'etc/litellm')],
  'strategy-contradiction': ['A strategy without rolling has rolling settings.', set(GATEWAY, '/spec/strategy/type', 'Recreate')],
  'strategy-misspelt': ['A strategy does not exist.', set(GATEWAY, '/spec/strategy/type', 'Rolling')],
  'replicas-negative': ['A workload has a negative number of replicas.', set(CACHE, '/spec/replicas', -1)],
  'replicas-text': ['The replicas of a workload are a text.', set(CACHE, '/spec/replicas', '3')],
  'grace-negative': ['A pod has a negative time to end.', set(GATEWAY, `${POD}/terminationGracePeriodSeconds`, -5)],
  'pull-policy-misspelt': ['A pull policy does not exist.', set(GATEWAY, `${FIRST}/imagePullPolicy`, 'IfNotThere')],
  'stateful-set-service-missing': ['A StatefulSet names no Service.', drop(CACHE, '/spec/serviceName')],
  'ingress-path-relative': [
    'An Ingress’s path has no slash.',
    add('litellm', 'Ingress/litellm', 'litellm', {
      apiVersion: 'networking.k8s.io/v1',
      spec: {
        ingressClassName: 'kong',
        rules: [
          {
            host: 'api.llm-production.com',
            http: {
              paths: [{ path: 'v1', pathType: 'Prefix', backend: { service: { name: 'litellm-service', port: { number: 4000 } } } }],
            },
          },
        ],
      },
    }),
  ],
  'service-ports-unnamed': [
    'A Service with two ports names neither.',
    (draft) =>
      draft.change(GATEWAY_SERVICE, ({ spec }) => {
        for (const port of spec.ports) delete port.name;
      }),
  ],
  'service-ports-twice': ['A Service has one port twice.', set(GATEWAY_SERVICE, '/spec/ports/1/port', 4000)],
  'service-type-misspelt': ['A Service’s type does not exist.', set(GATEWAY_SERVICE, '/spec/type', 'ClusterIp')],
  'dns-policy-misspelt': ['A pod’s DNS policy does not exist.', set(GATEWAY, `${POD}/dnsPolicy`, 'Cluster')],
  'toleration-contradiction': [
    'A toleration exists and has a value, which Kubernetes refuses.',
    set(ENGINE, `${POD}/tolerations/0/value`, 'present'),
  ],
  'priority-global': [
    'Every pod of the cluster gets the highest priority.',
    set('PriorityClass/platform-critical', '/globalDefault', true),
  ],
  'quota-forbids-services': ['A service has a type of which the quota allows none.', set(GATEWAY_SERVICE, '/spec/type', 'LoadBalancer')],
  'null-field': ['A field that must be an object is nothing.', set(GATEWAY, `${POD}/containers/0/ports/0`, null)],
  'copied-selector': ['A copied Deployment selects the pods of the original.', copy(LOAD_TESTER, 'flagger-loadtester-two')],
  'no-in-quotes': ['A no stands in quotes.', set('ServiceAccount/litellm/litellm', '/automountServiceAccountToken', 'false')],
});

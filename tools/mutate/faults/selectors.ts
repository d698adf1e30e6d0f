import { all, copy, drop, remove, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, ENGINE, GATEWAY, LOAD_TESTER, POD, policy } from './objects';

const SELECTOR = '/spec/selector/matchLabels';
const LABELS = '/spec/template/metadata/labels';
const NAME = 'app.kubernetes.io~1name';
const STABLE = 'slipway.dev~1workload';

/** Selects what only canary pods carry. */
const canaryAlone = { matchLabels: { 'app.kubernetes.io/name': 'llm-service' } };

export const selectors = chapter('Names, labels and selectors', {
  'service-selector-misspelt': [
    'A Service selects a label value that no pod has.',
    set('Service/litellm/litellm-service', `/spec/selector/${NAME}`, 'litelm'),
  ],
  'service-selects-other-gateway': [
    'The internal gateway’s Service selects the public gateway’s pods.',
    set('Service/edge/llm-service', `/spec/selector/${STABLE}`, 'kong'),
  ],
  'service-selector-old-label': [
    'A Service selects the label app, which pods no longer carry.',
    set('Service/llm/flagger-loadtester', '/spec/selector', { app: 'flagger-loadtester' }),
  ],
  'service-selects-two-workloads': [
    'A Service selects a label that two workloads carry.',
    all(
      set(LOAD_TESTER, `${LABELS}/tier`, 'backend'),
      set(ENGINE, `${LABELS}/tier`, 'backend'),
      set('Service/llm/flagger-loadtester', '/spec/selector', { tier: 'backend' }),
    ),
  ],
  'service-selects-nothing': ['A Service has no selector and no endpoints.', drop('Service/litellm/litellm-service', '/spec/selector')],
  'template-label-dropped': ['A Deployment’s pods lack the label that it selects.', drop(GATEWAY, `${LABELS}/${NAME}`)],
  'selector-renamed': ['A Deployment selects another name than its pods carry.', set(GATEWAY, `${SELECTOR}/${NAME}`, 'litellm-proxy')],
  'selector-with-version': [
    'A Deployment selects a version as well, which is immutable.',
    all(set(ENGINE, `${SELECTOR}/version`, 'v1'), set(ENGINE, `${LABELS}/version`, 'v1')),
  ],
  'selector-missing': ['A Deployment has no selector.', drop(GATEWAY, '/spec/selector')],
  'selector-shared': [
    'Two Deployments of a namespace select the same label.',
    all(set(LOAD_TESTER, `${SELECTOR}/${NAME}`, 'llm-service'), set(LOAD_TESTER, `${LABELS}/${NAME}`, 'llm-service')),
  ],
  'stable-label-dropped': ['Pods lose the label that policies and budgets select.', drop(ENGINE, `${LABELS}/${STABLE}`)],
  'stable-label-shared': [
    'A second workload carries the stable label of the engine.',
    set(LOAD_TESTER, `${LABELS}/${STABLE}`, 'llm-service'),
  ],
  'budget-misses-primary': [
    'A disruption budget selects what Flagger’s primary does not carry.',
    set('PodDisruptionBudget/llm/llm-service', '/spec/selector', canaryAlone),
  ],
  'monitor-misses-primary': [
    'A PodMonitor selects what Flagger’s primary does not carry.',
    set('PodMonitor/llm/llm-service', '/spec/selector', canaryAlone),
  ],
  'policy-misses-primary': [
    'A policy selects what Flagger’s primary does not carry.',
    set(policy('llm', 'llm-service-from-kong-internal'), '/spec/podSelector', canaryAlone),
  ],
  'policy-peer-misses-primary': [
    'A policy lets a caller reach the canary alone.',
    set(policy('edge', 'kong-internal-to-llm-service'), '/spec/egress/0/to/0/podSelector', canaryAlone),
  ],
  'budget-selects-nothing': [
    'A disruption budget selects no pod.',
    set('PodDisruptionBudget/litellm/redis', `${SELECTOR}/${STABLE}`, 'redis-cache'),
  ],
  'budget-selects-everything': [
    'A disruption budget selects every pod of its namespace.',
    set('PodDisruptionBudget/litellm/redis', '/spec/selector', {}),
  ],
  'two-budgets': ['Two disruption budgets select the same pods.', copy('PodDisruptionBudget/litellm/litellm', 'litellm-again')],
  'service-monitor-selects-nothing': [
    'A ServiceMonitor selects no Service.',
    set('ServiceMonitor/litellm/litellm', `${SELECTOR}/${STABLE}`, 'litellm-proxy'),
  ],
  'service-label-dropped': [
    'A Service loses the label that its ServiceMonitor selects.',
    drop('Service/litellm/litellm-service', `/metadata/labels/${STABLE}`),
  ],
  'policy-namespace-misspelt': [
    'A policy admits a namespace that does not exist.',
    set(
      policy('litellm', 'litellm-from-kong'),
      '/spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name',
      'gateway',
    ),
  ],
  'policy-peer-misspelt': [
    'A policy admits pods that do not exist.',
    set(policy('litellm', 'litellm-from-kong'), `/spec/ingress/0/from/0/podSelector/matchLabels/${STABLE}`, 'kong-gateway'),
  ],
  'spread-counts-others': [
    'A spread constraint counts the pods of another workload.',
    set(GATEWAY, `${POD}/topologySpreadConstraints/0/labelSelector/matchLabels/${NAME}`, 'redis'),
  ],
  'spread-counts-nothing': ['A spread constraint counts no pods.', drop(CACHE, `${POD}/topologySpreadConstraints/0/labelSelector`)],
  'affinity-to-nothing': [
    'A required affinity names pods that do not exist.',
    set(GATEWAY, `${POD}/affinity/podAffinity`, {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'redis' } } },
      ],
    }),
  ],
  'label-value-too-long': ['A label’s value has more than 63 characters.', set(GATEWAY, '/metadata/labels/team', 'x'.repeat(64))],
  'label-value-with-space': ['A label’s value has a space.', set(GATEWAY, '/metadata/labels/team', 'platform team')],
  'label-value-boolean': [
    'A label’s value is a boolean, since its quotes are missing.',
    set('Namespace/litellm', '/metadata/labels/slipway.dev~1publishes', true),
  ],
  'label-key-malformed': ['A label’s key has two slashes.', set(GATEWAY, '/metadata/labels/slipway.dev~1team~1name', 'platform')],
  'annotation-number': [
    'An annotation’s value is a number, since its quotes are missing.',
    set('Service/litellm/litellm-service', '/metadata/annotations/konghq.com~1retries', 0),
  ],
  'name-upper-case': ['A name has upper case.', set('ConfigMap/llm/flagger-loadtester-payload', '/metadata/name', 'Flagger-Loadtester')],
  'name-too-long': ['A Service’s name has more than 63 characters.', copy('Service/llm/flagger-loadtester', `load-${'x'.repeat(60)}`)],
  'name-starts-with-digit': ['A Service’s name begins with a digit.', copy('Service/llm/flagger-loadtester', '1-loadtester')],
  'object-twice': [
    'An object is defined twice, with different content.',
    copy('Service/litellm/litellm-service', 'litellm-service', { '/spec/ports/0/port': 4444 }),
  ],
  'namespace-undefined': [
    'An object lives in a namespace that nobody defines.',
    set('ConfigMap/llm/flagger-loadtester-payload', '/metadata/namespace', 'llms'),
  ],
  'namespace-removed': ['A namespace that holds pods is no longer defined.', remove('Namespace/litellm')],
  'namespace-missing': ['A namespaced object names no namespace.', drop('PodDisruptionBudget/litellm/litellm', '/metadata/namespace')],
  'namespace-on-cluster-object': [
    'A cluster-scoped object names a namespace.',
    set('PriorityClass/gpu-inference', '/metadata/namespace', 'llm'),
  ],
});

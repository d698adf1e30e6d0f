import { add, all, copy, drop, remove, replace, set } from '../edits';
import { chapter } from '../fault';
import { CANARY, ENGINE, FIRST, MARKER, POD, template } from './objects';

const HOOK = '/spec/analysis/webhooks/2';
const service = (name: string) =>
  add('llm', `Service/${name}`, 'llm', {
    apiVersion: 'v1',
    spec: { selector: { 'app.kubernetes.io/name': 'llm-service' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  });

export const release = chapter('Release with Flagger', {
  'canary-removed': ['A Deployment that Flagger should release has no Canary, and no replicas.', remove(CANARY)],
  'canary-twice': ['Two Canaries release one Deployment.', copy(CANARY, 'llm-service-again', { '/spec/service/name': 'llm-again' })],
  'provider-misspelt': ['A Canary’s provider does not exist, and Flagger takes Istio.', set(CANARY, '/spec/provider', 'gatewayapi:v2')],
  'provider-missing': ['A Canary leaves the provider to Flagger’s own settings.', drop(CANARY, '/spec/provider')],
  'provider-without-weights': ['A Canary moves weights with a provider that has none.', set(CANARY, '/spec/provider', 'kubernetes')],
  'analysis-missing': ['A Canary has no analysis, which ends Flagger’s process.', drop(CANARY, '/spec/analysis')],
  'analysis-old-field': [
    'A Canary’s analysis stands in a field that is gone.',
    (draft) =>
      draft.change(CANARY, ({ spec }) => {
        spec.canaryAnalysis = spec.analysis;
        delete spec.analysis;
      }),
  ],
  'target-misspelt': ['A Canary releases a Deployment that does not exist.', set(CANARY, '/spec/targetRef/name', 'llm')],
  'target-kind-wrong': ['A Canary releases a StatefulSet, which Flagger cannot.', set(CANARY, '/spec/targetRef/kind', 'StatefulSet')],
  'target-recreated': [
    'A released Deployment stops all pods before it starts new ones.',
    set(ENGINE, '/spec/strategy', { type: 'Recreate' }),
  ],
  'steps-unordered': ['The steps of a Canary go down.', set(CANARY, '/spec/analysis/stepWeights', [2, 10, 6, 14])],
  'steps-above-all': ['A step of a Canary is above 100 %.', set(CANARY, '/spec/analysis/stepWeights/6', 120)],
  'steps-above-share': ['One canary pod gets half of the traffic of six.', set(CANARY, '/spec/analysis/stepWeights', [2, 10, 25, 50])],
  'steps-empty': ['A Canary has no steps.', set(CANARY, '/spec/analysis/stepWeights', [])],
  'steps-and-iterations': ['A Canary has both steps and iterations.', set(CANARY, '/spec/analysis/iterations', 10)],
  'steps-two-kinds': [
    'A Canary has both a list of steps and one step.',
    all(set(CANARY, '/spec/analysis/stepWeight', 5), set(CANARY, '/spec/analysis/maxWeight', 50)),
  ],
  'step-overshoots': [
    'A Canary’s step does not divide its maximum.',
    (draft) =>
      draft.change(CANARY, ({ spec: { analysis } }) => {
        delete analysis.stepWeights;
        analysis.stepWeight = 4;
        analysis.maxWeight = 14;
      }),
  ],
  'blue-green-by-accident': [
    'A Canary sends everybody to one new pod.',
    (draft) =>
      draft.change(CANARY, ({ spec: { analysis } }) => {
        delete analysis.stepWeights;
        analysis.iterations = 10;
      }),
  ],
  'threshold-one': ['One failed check ends a release.', set(CANARY, '/spec/analysis/threshold', 1)],
  'threshold-missing': ['A Canary’s threshold is Flagger’s default of one.', drop(CANARY, '/spec/analysis/threshold')],
  'ready-threshold-zero': ['A Canary takes a primary without pods for ready.', set(CANARY, '/spec/analysis/primaryReadyThreshold', 0)],
  'ready-threshold-above-all': ['A Canary waits for more pods than there are.', set(CANARY, '/spec/analysis/canaryReadyThreshold', 150)],
  'template-misspelt': [
    'A Canary’s metric names a template that does not exist.',
    set(CANARY, '/spec/analysis/metrics/0/templateRef/name', 'success-rate'),
  ],
  'template-removed': ['A template that a Canary names is gone.', remove(template('waiting-requests'))],
  'template-in-other-namespace': [
    'A Canary’s metric looks for its template elsewhere.',
    set(CANARY, '/spec/analysis/metrics/0/templateRef/namespace', 'monitoring'),
  ],
  'template-unused': ['A metric is defined that no Canary looks at.', drop(CANARY, '/spec/analysis/metrics/5')],
  'metric-builtin': [
    'A Canary looks at a metric that only meshes have.',
    set(CANARY, '/spec/analysis/metrics/0', { name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99 } }),
  ],
  'metric-without-range': [
    'A Canary’s metric has no range, so that anything above zero fails.',
    drop(CANARY, '/spec/analysis/metrics/0/thresholdRange'),
  ],
  'metric-without-interval': [
    'A Canary’s metric has no window, so that its query does not parse.',
    drop(CANARY, '/spec/analysis/metrics/0/interval'),
  ],
  'metric-range-inverted': [
    'A Canary wants a success rate below 99 %.',
    set(CANARY, '/spec/analysis/metrics/0/thresholdRange', { max: 99 }),
  ],
  'metric-range-fraction': [
    'A Canary compares per cent with a fraction.',
    set(CANARY, '/spec/analysis/metrics/0/thresholdRange/min', 0.99),
  ],
  'metrics-missing': ['A Canary looks at nothing.', drop(CANARY, '/spec/analysis/metrics')],
  'metric-twice': ['Two metrics of a Canary share a name.', set(CANARY, '/spec/analysis/metrics/1/name', 'success-percent')],
  'load-missing': ['No load reaches a canary at night, and its metrics are empty.', drop(CANARY, HOOK)],
  'load-get': ['The load test only asks for a page.', replace(CANARY, `${HOOK}/metadata/cmd`, '-m POST', '-m GET')],
  'load-public': [
    'The load test goes through the public gateway, to the primary.',
    replace(CANARY, `${HOOK}/metadata/cmd`, 'http://llm-service-canary.llm.svc.cluster.local', 'https://api.llm-production.com'),
  ],
  'load-apex': [
    'The load test calls the apex Service, and so the primary.',
    replace(CANARY, `${HOOK}/metadata/cmd`, 'llm-service-canary', 'llm-service'),
  ],
  'load-unauthorized': [
    'The load test sends no key, and measures refusals.',
    replace(CANARY, `${HOOK}/metadata/cmd`, ' -H "authorization: Bearer $ENGINE_API_KEY"', ''),
  ],
  'smoke-apex': [
    'The smoke test calls the apex Service, and so the primary.',
    replace(CANARY, '/spec/analysis/webhooks/0/metadata/cmd', 'llm-service-canary', 'llm-service'),
  ],
  'smoke-unchecked': [
    'The smoke test succeeds whatever it is answered.',
    replace(CANARY, '/spec/analysis/webhooks/0/metadata/cmd', / \| jq.*$/, ' || true'),
  ],
  'smoke-in-background': ['Nobody waits for the smoke test.', set(CANARY, '/spec/analysis/webhooks/0/metadata/type', 'cmd')],
  'hook-type-misspelt': ['A webhook’s type does not exist.', set(CANARY, `${HOOK}/type`, 'rolout')],
  'hook-twice': ['Two webhooks share a name.', set(CANARY, `${HOOK}/name`, 'warm-up')],
  'hook-metadata-type-misspelt': ['The load tester does not know what it is asked for.', set(CANARY, `${HOOK}/metadata/type`, 'command')],
  'annotations-differ': [
    'Primary and canary have different gateway settings, which Kong refuses.',
    set(CANARY, '/spec/service/canary/annotations/konghq.com~1read-timeout', '60000'),
  ],
  'annotations-of-one': ['Only the primary has gateway settings, which Kong refuses.', drop(CANARY, '/spec/service/canary')],
  'host-unreachable': [
    'The weighted route serves another host than LiteLLM calls.',
    set(CANARY, '/spec/service/hosts', ['llm.edge.svc.cluster.local']),
  ],
  'host-missing': ['The weighted route serves every host of its listener.', drop(CANARY, '/spec/service/hosts')],
  'gateway-missing': ['A Canary names no gateway.', drop(CANARY, '/spec/service/gatewayRefs')],
  'gateway-misspelt': ['A Canary names a gateway that does not exist.', set(CANARY, '/spec/service/gatewayRefs/0/name', 'private')],
  'gateway-without-namespace': [
    'A Canary looks for its gateway in its own namespace.',
    drop(CANARY, '/spec/service/gatewayRefs/0/namespace'),
  ],
  'gateway-public': ['A Canary’s route hangs on the public gateway.', set(CANARY, '/spec/service/gatewayRefs/0/name', 'public')],
  'port-discovery': ['A Canary adds ports that it finds, under names that it has.', set(CANARY, '/spec/service/portDiscovery', true)],
  'service-port-missing': ['A Canary’s Service has no port.', drop(CANARY, '/spec/service/port')],
  mirror: ['A Canary mirrors traffic, which Kong refuses.', set(CANARY, '/spec/analysis/mirror', true)],
  'cors-of-canary': [
    'A Canary sets CORS, which Kong refuses.',
    set(CANARY, '/spec/service/corsPolicy', { allowOrigins: [{ exact: '*' }] }),
  ],
  'session-affinity': [
    'A Canary keeps sessions, which Kong refuses.',
    set(CANARY, '/spec/analysis/sessionAffinity', { cookieName: 'canary', maxAge: 3600 }),
  ],
  'header-match': [
    'Only requests with a header reach the canary, and no client sends it.',
    set(CANARY, '/spec/analysis/match', [{ headers: { 'x-canary': { exact: 'always' } } }]),
  ],
  'plugins-bypass-weights': [
    'A plugin of the weighted route calls the primary by itself.',
    set(CANARY, '/spec/service/apex/annotations/konghq.com~1plugins', 'ai-proxy'),
  ],
  'apex-in-git': ['Git holds the apex Service, which Flagger makes.', service('llm-service')],
  'canary-service-in-git': ['Git holds the canary’s Service, which Flagger makes.', service('llm-service-canary')],
  'primary-in-git': ['Git holds the primary, which Flagger makes.', copy(ENGINE, 'llm-service-primary')],
  'route-in-git': [
    'Git holds the weighted route, which Flagger makes.',
    add('llm', 'HTTPRoute/llm-service', 'llm', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        hostnames: ['llm-service.edge.svc.cluster.local'],
        parentRefs: [{ name: 'internal', namespace: 'edge' }],
        rules: [{ backendRefs: [{ name: 'llm-service-primary', port: 80 }] }],
      },
    }),
  ],
  'primary-config-in-git': [
    'Git holds the primary’s ConfigMap, which Flagger makes.',
    copy('ConfigMap/llm/llm-service-config', 'llm-service-config-primary'),
  ],
  'skip-analysis': ['A Canary is promoted without a look.', set(CANARY, '/spec/skipAnalysis', true)],
  suspended: ['A Canary is suspended.', set(CANARY, '/spec/suspend', true)],
  'no-revert': ['A removed Canary leaves a Deployment without pods behind.', set(CANARY, '/spec/revertOnDeletion', false)],
  'alert-provider-misspelt': [
    'A Canary tells nobody that a release has failed.',
    set(CANARY, '/spec/analysis/alerts/0/providerRef/name', 'oncall'),
  ],
  'alert-provider-type': ['An alert goes to a service that Flagger does not know.', set('AlertProvider/llm/on-call', '/spec/type', 'slak')],
  'alert-provider-mute': ['An alert has neither an address nor a Secret with one.', drop('AlertProvider/llm/on-call', '/spec/secretRef')],
  'alert-severity-misspelt': ['An alert’s severity does not exist.', set(CANARY, '/spec/analysis/alerts/0/severity', 'critical')],
  'alerts-missing': ['A release fails, and nobody is told.', drop(CANARY, '/spec/analysis/alerts')],
  'name-leaves-no-room': [
    'A released Deployment’s ConfigMap has no room for Flagger’s suffix.',
    all(
      copy('ConfigMap/llm/llm-service-config', `llm-${'x'.repeat(56)}`),
      set(ENGINE, `${POD}/volumes/name=config/configMap/name`, `llm-${'x'.repeat(56)}`),
    ),
  ],
  'binary-config': [
    'A released Deployment reads binary data, which Flagger does not copy.',
    set('ConfigMap/llm/llm-service-config', '/binaryData', { 'tokenizer.bin': 'AAAA' }),
  ],
  'prefix-shared': [
    'Another workload’s pods look like the canary’s to the metrics.',
    add('llm', 'StatefulSet/llm-service-store', 'llm', {
      apiVersion: 'apps/v1',
      spec: {
        replicas: 1,
        serviceName: 'flagger-loadtester',
        selector: { matchLabels: { 'app.kubernetes.io/name': 'llm-service-store' } },
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': 'llm-service-store', 'slipway.dev/workload': 'llm-service-store' } },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'store',
                image: 'docker.io/library/redis:7.4.11-alpine@sha256:ff02b58f971e7d7d156a1267e283fcbbeee91773b6aa36c49dac28ecfe28eadf',
                resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    }),
  ],

  'marker-checksum-stale': [
    'A release marker’s checksum is that of another release.',
    set(CANARY, '/metadata/annotations/slipway.dev~1marker-checksum', '0123456789abcdef'),
  ],
  'marker-data-changed': ['A release marker changes, and the Canary waits for the old one.', set(MARKER, '/data/attempt', '2')],
  'marker-unreferenced': ['No pod reads the release marker, so that Flagger never sees it.', drop(ENGINE, `${FIRST}/envFrom`)],
  'marker-untracked': [
    'Flagger is told not to track the release marker.',
    set(MARKER, '/metadata/annotations/flagger.app~1config-tracking', 'disabled'),
  ],
  'marker-removed': ['The release marker is gone.', remove(MARKER)],
  'marker-unnamed': [
    'A Canary names no release marker, and looks healthy before it starts.',
    all(
      drop(CANARY, '/metadata/annotations/slipway.dev~1marker-checksum'),
      drop(CANARY, '/metadata/annotations/slipway.dev~1marker-configmap'),
    ),
  ],
  'marker-of-another': [
    'A Canary names a ConfigMap that is no marker of its own.',
    set(CANARY, '/metadata/annotations/slipway.dev~1marker-configmap', 'flagger-loadtester-payload'),
  ],
  'marker-value-escaped': ['A release marker holds what Flagger encodes differently.', set(MARKER, '/data/model', 'llama<2>')],
});

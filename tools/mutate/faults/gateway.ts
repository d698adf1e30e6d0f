import { add, copy, drop, remove, rename, replace, set } from '../edits';
import { chapter } from '../fault';
import { INTERNAL, PUBLIC, ROUTE } from './objects';

const CERTIFICATE = 'Certificate/edge/llm-api-cert';
const LIMIT = 'KongPlugin/litellm/litellm-api-rate-limit';
const HEALTH = 'HTTPRoute/edge/gateway-health';
const MODEL_ROUTE = 'HTTPRoute/ml/intent-classifier';
const MODEL_PATH = '/spec/rules/0/matches/0/path/value';
const MODELS = 'prod/eu-west-1';
const dns = (name: string) => `/metadata/annotations/external-dns.alpha.kubernetes.io~1${name}`;
const PLUGINS = '/metadata/annotations/konghq.com~1plugins';

export const gateway = chapter('Gateway and certificates', {
  'certificate-host-missing': ['A certificate lacks a host that its listener serves.', drop(CERTIFICATE, '/spec/dnsNames/1')],
  'certificate-host-misspelt': ['A certificate is for another host.', set(CERTIFICATE, '/spec/dnsNames/0', 'api.llm-productions.com')],
  'certificate-host-malformed': ['A certificate’s host is a URL.', set(CERTIFICATE, '/spec/dnsNames/0', 'https://api.llm-production.com')],
  'certificate-secret-renamed': [
    'A certificate is written to another Secret than the listener reads.',
    set(CERTIFICATE, '/spec/secretName', 'llm-api'),
  ],
  'certificate-removed': ['The certificate of a listener is gone.', remove(CERTIFICATE)],
  'certificate-in-other-namespace': [
    'A certificate is in another namespace than its listener.',
    set(CERTIFICATE, '/metadata/namespace', 'litellm'),
  ],
  'issuer-misspelt': [
    'A certificate names an issuer that does not exist.',
    set(CERTIFICATE, '/spec/issuerRef/name', 'letsencrypt-production'),
  ],
  'issuer-kind-wrong': [
    'A certificate takes the cluster’s issuer for one of its namespace.',
    set(CERTIFICATE, '/spec/issuerRef/kind', 'Issuer'),
  ],
  'issuer-staging': [
    'Production’s certificates come from Let’s Encrypt’s test server.',
    set('ClusterIssuer/letsencrypt-prod', '/spec/acme/server', 'https://acme-staging-v02.api.letsencrypt.org/directory'),
  ],
  'issuer-zone-other': [
    'The DNS challenge is for another zone than the certificates.',
    set('ClusterIssuer/letsencrypt-prod', '/spec/acme/solvers/0/selector/dnsZones', ['llm-staging.com']),
  ],
  'listener-misspelt': ['A route names a listener that does not exist.', set(ROUTE, '/spec/parentRefs/0/sectionName', 'api')],
  'listener-host-other': [
    'A listener serves another host than its route.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/hostname', 'llm.llm-production.com'),
  ],
  'listener-secret-misspelt': [
    'A listener reads a certificate that nobody issues.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/tls/certificateRefs/0/name', 'llm-api-cert'),
  ],
  'listener-without-certificate': [
    'A listener ends TLS without a certificate.',
    drop(PUBLIC, '/spec/listeners/name=api.llm-production.com/tls'),
  ],
  'listener-plain': [
    'A listener serves plain HTTP on port 443.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/protocol', 'HTTP'),
  ],
  'listener-twice': ['Two listeners share a name.', set(PUBLIC, '/spec/listeners/2/name', 'api.llm-production.com')],
  'listener-port-other': [
    'A listener is at the port of the proxies’ container, which their Service does not have.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/port', 8443),
  ],
  'listener-conflict': ['Two listeners of a port serve one host.', set(PUBLIC, '/spec/listeners/2/hostname', 'api.llm-production.com')],
  'listener-open': [
    'Every namespace may publish under the platform’s host.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/allowedRoutes', { namespaces: { from: 'All' } }),
  ],
  'route-not-admitted': [
    'A listener does not admit the namespace of its route.',
    set(PUBLIC, '/spec/listeners/name=api.llm-production.com/allowedRoutes', { namespaces: { from: 'Same' } }),
  ],
  'route-label-dropped': [
    'A namespace loses the label that admits its routes.',
    drop('Namespace/litellm', '/metadata/labels/slipway.dev~1publishes'),
  ],
  'release-route-not-admitted': [
    'The internal listener does not admit the namespace of the Canary.',
    set(INTERNAL, '/spec/listeners/0/allowedRoutes/namespaces/selector/matchLabels/kubernetes.io~1metadata.name', 'inference'),
  ],
  'internal-host-other': [
    'The internal listener does not serve the host of the Canary.',
    set(INTERNAL, '/spec/listeners/0/hostname', '*.llm.svc.cluster.local'),
  ],
  'parent-misspelt': ['A route names a gateway that does not exist.', set(ROUTE, '/spec/parentRefs/0/name', 'publik')],
  'parent-without-namespace': ['A route looks for its gateway in its own namespace.', drop(ROUTE, '/spec/parentRefs/0/namespace')],
  'parents-missing': ['A route hangs on no gateway.', drop(ROUTE, '/spec/parentRefs')],
  'route-host-misspelt': ['A route serves a host that its listener does not.', set(ROUTE, '/spec/hostnames', ['api.llm-prodction.com'])],
  'route-host-missing': ['A route serves every host of its listeners.', drop(ROUTE, '/spec/hostnames')],
  'route-backend-misspelt': ['A route leads to a Service that does not exist.', set(ROUTE, '/spec/rules/0/backendRefs/0/name', 'litellm')],
  'route-backend-elsewhere': [
    'A route leads to another namespace, which has not agreed.',
    set(ROUTE, '/spec/rules/0/backendRefs/0', { name: 'flagger-loadtester', namespace: 'llm', port: 80 }),
  ],
  'route-backends-missing': ['A route leads nowhere.', drop(ROUTE, '/spec/rules/0/backendRefs')],
  'route-weightless': ['The only backend of a route gets no requests.', set(ROUTE, '/spec/rules/0/backendRefs/0/weight', 0)],
  'route-listener-missing': [
    'A route names one listener of two, and the API server refuses it.',
    drop(ROUTE, '/spec/parentRefs/0/sectionName'),
  ],
  'route-redirect-loses': [
    'Plain requests are sent to HTTPS without their bodies.',
    set(ROUTE, '/metadata/annotations/konghq.com~1https-redirect-status-code', '301'),
  ],
  'service-protocol-other': [
    'Kong speaks TLS to a server of plain HTTP.',
    set('Service/litellm/litellm-service', '/metadata/annotations/konghq.com~1protocol', 'https'),
  ],
  'records-unread': ['The route that hosts are published by is not read.', drop(HEALTH, '/metadata/labels/slipway.dev~1dns')],
  'records-overwritten': ['Two regions overwrite each other’s record.', set(HEALTH, dns('set-identifier'), 'us-west-2')],
  'records-not-told-apart': ['The records of all regions are one.', drop(HEALTH, dns('set-identifier'))],
  'records-of-other-region': ['Clients near another region are sent to this one.', set(HEALTH, dns('aws-region'), 'eu-west-1')],
  'records-of-the-down': ['Clients are sent to a region that is down.', set(HEALTH, dns('aws-evaluate-target-health'), 'false')],
  'model-route-open': ['A model answers everybody.', set(MODEL_ROUTE, PLUGINS, 'models-rate-limit,intent-classifier-request-size'), MODELS],
  'model-path-other': ['A route asks a model by another name.', set(MODEL_ROUTE, MODEL_PATH, '/v1/models/intent:predict'), MODELS],
  'model-path-of-other-protocol': [
    'A route asks a model in a protocol that it does not speak.',
    set(MODEL_ROUTE, MODEL_PATH, '/v2/models/intent-classifier/infer'),
    MODELS,
  ],
  'model-backend-other': [
    'A route leads to another model than its path names.',
    set(MODEL_ROUTE, '/spec/rules/0/backendRefs/0/name', 'language-detector-api'),
    MODELS,
  ],
  'route-path-relative': ['A route’s path has no slash.', set(ROUTE, '/spec/rules/0/matches/0/path/value', 'v1')],
  'route-path-type-misspelt': [
    'A route’s path is of a type that does not exist.',
    set(ROUTE, '/spec/rules/0/matches/0/path/type', 'Prefix'),
  ],
  'route-twice': ['Two routes serve the same path of the same host.', copy(ROUTE, 'litellm-api-two')],
  'route-mirrors': [
    'A route mirrors requests, which Kong refuses.',
    set(ROUTE, '/spec/rules/0/filters', [
      { type: 'RequestMirror', requestMirror: { backendRef: { name: 'litellm-service', port: 4000 } } },
    ]),
  ],
  'route-request-timeout': ['A route’s timeout is of a kind that Kong ignores.', set(ROUTE, '/spec/rules/0/timeouts/request', '630s')],
  'route-plain': ['A route answers without TLS.', set(ROUTE, '/metadata/annotations/konghq.com~1protocols', 'http,https')],
  'route-buffers': ['Streamed answers arrive all at once.', drop(ROUTE, '/metadata/annotations/konghq.com~1response-buffering')],
  'route-console-public': ['LiteLLM’s administration is public.', set(ROUTE, '/spec/rules/0/matches/0/path/value', '/')],
  'plugin-misspelt': ['A route names a plugin that does not exist.', replace(ROUTE, PLUGINS, 'litellm-api-rate-limit', 'rate-limit')],
  'plugin-in-other-namespace': ['A plugin is in another namespace than its route.', set(LIMIT, '/metadata/namespace', 'edge')],
  'plugin-unused': ['A plugin is attached to nothing.', set(ROUTE, PLUGINS, 'litellm-api-rate-limit')],
  'plugin-unknown': ['A plugin is of a kind that Kong does not have.', set(LIMIT, '/plugin', 'rate-limit')],
  'plugin-says-ill': ['The gateway says that it is not well.', set('KongPlugin/edge/gateway-health', '/config/status_code', 503)],
  'plugin-body-malformed': ['An answer is no JSON.', set('KongPlugin/edge/gateway-health', '/config/body', '{status: healthy}')],
  'plugin-traces-too-much': [
    'A share of requests to trace is above all of them.',
    set('KongClusterPlugin/kong-opentelemetry', '/config/sampling_rate', 2),
  ],
  'plugin-traces-elsewhere': [
    'The gateway sends traces to a port that speaks another protocol.',
    replace('KongClusterPlugin/kong-opentelemetry', '/config/traces_endpoint', '4318', '4317'),
  ],
  'addresses-unannounced': [
    'Addresses of Services are not announced to the network.',
    remove('L2Advertisement/metallb-system/local-network'),
    'dev/local',
  ],
  'plugin-class-misspelt': [
    'A plugin for everybody is read by no gateway.',
    set('KongClusterPlugin/kong-prometheus', '/metadata/annotations/kubernetes.io~1ingress.class', 'kong-public'),
  ],
  'plugin-not-global': [
    'A plugin for everybody is attached to nothing.',
    drop('KongClusterPlugin/kong-prometheus', '/metadata/labels/global'),
  ],
  'plugin-bypasses-weights': [
    'A plugin sends requests past the weighted backends.',
    set('KongPlugin/litellm/litellm-api-request-size', '/plugin', 'ai-proxy'),
  ],
  'plugin-redis-misspelt': [
    'Rate limits are counted in a Redis that does not exist.',
    set(LIMIT, '/config/redis/host', 'redis-master.litellm.svc.cluster.local'),
  ],
  'gateway-class-misspelt': ['A Gateway is of a class that does not exist.', set(PUBLIC, '/spec/gatewayClassName', 'kong-public')],
  'gateway-class-removed': ['The class of a Gateway is gone.', remove('GatewayClass/kong-internal')],
  'gateway-class-managed': [
    'Kong’s controller ignores the class of its Gateways.',
    drop('GatewayClass/kong', '/metadata/annotations/konghq.com~1gatewayclass-unmanaged'),
  ],
  'gateway-removed': ['The gateway of a release is gone.', remove(INTERNAL)],
  'ingress-class-missing': [
    'An Ingress is of a class that does not exist.',
    add('litellm', 'Ingress/litellm', 'litellm', {
      apiVersion: 'networking.k8s.io/v1',
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'api.llm-production.com',
            http: {
              paths: [{ path: '/v1', pathType: 'Prefix', backend: { service: { name: 'litellm-service', port: { number: 4000 } } } }],
            },
          },
        ],
      },
    }),
  ],
  'certificate-renewed-always': ['A certificate is renewed all the time.', set(CERTIFICATE, '/spec/renewBeforePercentage', 99)],
  'readiness-gate-missing': [
    'A rollout of the gateway does not wait for the load balancer.',
    drop('Namespace/edge', '/metadata/labels/elbv2.k8s.aws~1pod-readiness-gate-inject'),
  ],
  'rewrite-whole-path': [
    'A route leads all paths of an API to one.',
    set(ROUTE, '/spec/rules/0/filters', [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/' } } }]),
  ],
  'certificate-issued-twice': [
    'A gateway has a certificate issued beside the one that is delivered.',
    set(PUBLIC, '/metadata/annotations/cert-manager.io~1cluster-issuer', 'letsencrypt-prod'),
  ],
  'path-without-verb': [
    'A route’s path is none of the model’s protocol.',
    set('HTTPRoute/ml/language-detector', '/spec/rules/0/matches/0/path/value', '/v1/models/language-detector/predict'),
    'prod/eu-west-1',
  ],
  'issuer-of-other-group': [
    'A certificate asks an issuer of an old group.',
    set(CERTIFICATE, '/spec/issuerRef/group', 'certmanager.k8s.io'),
  ],
  'token-as-key': [
    'An issuer takes a token of Cloudflare for the key of an account.',
    rename('ClusterIssuer/letsencrypt-prod', '/spec/acme/solvers/0/dns01/cloudflare/apiTokenSecretRef', 'apiKeySecretRef'),
  ],
});

import { all, drop, rename, replace, set } from '../edits';
import { chapter } from '../fault';

const KIVA = 'prod/germanywestcentral';
const STAGING = 'staging/eu-west-1';
const LIMIT = 'KongPlugin/litellm/litellm-api-rate-limit';
const SIZE = 'KongPlugin/litellm/litellm-api-request-size';
const CHAT = 'HTTPRoute/kiva/chat';
const CERTIFICATE = 'Certificate/edge/llm-api-cert';
const ISSUER = 'ClusterIssuer/letsencrypt-prod';
const CANARY = 'Canary/llm/llm-service';

export const plugins = chapter('Plugins, certificates and gates elsewhere', {
  'limit-without-window': ['A rate limit names no limit.', drop(LIMIT, '/config/minute'), KIVA],
  'limit-window-misspelt': ['A rate limit’s window is misspelt.', rename(LIMIT, '/config/minute', 'minutes'), KIVA],
  'limit-counted-alone': ['Each pod of the gateway counts requests for itself.', set(LIMIT, '/config/policy', 'local'), 'dev/local'],
  'limit-without-redis': ['A rate limit is counted in a Redis that is not named.', drop(LIMIT, '/config/redis'), KIVA],
  'limit-by-misspelt': ['A rate limit counts by what does not exist.', set(LIMIT, '/config/limit_by', 'consumers'), KIVA],
  'limit-text': ['A rate limit is a text.', set(LIMIT, '/config/minute', '100'), KIVA],
  'limit-zero': ['A rate limit is zero.', set(LIMIT, '/config/minute', 0), KIVA],
  'limit-patch-misspelt': [
    'The password of the Redis that counts is put into another field.',
    set(LIMIT, '/configPatches/0/path', '/redis/pasword'),
    KIVA,
  ],
  'limit-patch-key': [
    'The password of the Redis that counts is read from another key of its Secret.',
    set(LIMIT, '/configPatches/0/valueFrom/secretKeyRef/key', 'password'),
    KIVA,
  ],
  'limit-disabled': ['A rate limit is switched off.', set(LIMIT, '/disabled', true), KIVA],
  'size-unit-misspelt': ['The unit of a size limit does not exist.', set(SIZE, '/config/size_unit', 'MB'), KIVA],
  'route-strips-path': [
    'A route takes the path away that its backend needs.',
    set(CHAT, '/metadata/annotations/konghq.com~1strip-path', 'true'),
    KIVA,
  ],
  'route-protocol-misspelt': ['A route’s protocol is misspelt.', set(CHAT, '/metadata/annotations/konghq.com~1protocols', 'htps'), KIVA],
  'route-plugins-misspelt': [
    'The annotation that names a route’s plugins is misspelt.',
    rename(CHAT, '/metadata/annotations/konghq.com~1plugins', 'konghq.com/plugin'),
    KIVA,
  ],
  'certificate-life-short': ['A certificate lives for ten minutes.', set(CERTIFICATE, '/spec/duration', '10m'), KIVA],
  'certificate-renewal-impossible': ['A certificate is renewed after its end.', set(CERTIFICATE, '/spec/renewBeforePercentage', 150), KIVA],
  'certificate-key-size': [
    'A certificate’s key is of a size that its algorithm lacks.',
    set(CERTIFICATE, '/spec/privateKey/size', 2048),
    KIVA,
  ],
  'issuer-directory-misspelt': [
    'The authority’s directory is misspelt.',
    set(ISSUER, '/spec/acme/server', 'https://acme-v02.api.letsencrypt.org/dir'),
    KIVA,
  ],
  'issuer-challenge-on-tls': [
    'Challenges are answered on a listener that the authority does not ask.',
    set(ISSUER, '/spec/acme/solvers/0/http01/gatewayHTTPRoute/parentRefs/0/sectionName', 'kiva.example.com'),
    KIVA,
  ],
  'issuer-mail-malformed': ['The authority’s warnings are sent nowhere.', set(ISSUER, '/spec/acme/email', 'kiva'), KIVA],
  'listener-for-challenges-removed': [
    'The listener that answers challenges is gone.',
    drop('Gateway/edge/public', '/spec/listeners/0'),
    KIVA,
  ],
  'authority-is-none': [
    'The certificate that signs others may not.',
    drop('Certificate/cert-manager/internal-ca', '/spec/isCA'),
    'dev/local',
  ],
  'load-path-misspelt': [
    'The load test asks for a path that no engine answers.',
    replace(CANARY, '/spec/analysis/webhooks/2/metadata/cmd', '/v1/completions', '/v1/completion'),
    STAGING,
  ],
  'latency-in-milliseconds': [
    'A limit for seconds is written in milliseconds.',
    set(CANARY, '/spec/analysis/metrics/1/thresholdRange/max', 2500),
    STAGING,
  ],
  'latency-has-minimum': ['A canary must be slow to pass.', rename(CANARY, '/spec/analysis/metrics/1/thresholdRange/max', 'min'), STAGING],
  'percent-is-share': [
    'A metric in per cent answers with a share.',
    replace('MetricTemplate/llm/success-percent', '/spec/query', '100 * ', ''),
    STAGING,
  ],
  'requests-cut-off': [
    'The gateway cuts long answers off.',
    all(set(CANARY, '/spec/service/timeout', '60s'), set(CANARY, '/spec/service/backendTimeout', '60s')),
    STAGING,
  ],
  'cache-share-in-percent': [
    'An autoscaler waits for a share of 80.',
    set('HorizontalPodAutoscaler/llm/llm-service', '/spec/metrics/0/pods/target/averageValue', '80'),
    STAGING,
  ],
  'scaler-metric-twice': [
    'An autoscaler looks at one metric twice.',
    set('HorizontalPodAutoscaler/llm/llm-service', '/spec/metrics/1/pods/metric/name', 'vllm_kv_cache_usage_perc'),
    STAGING,
  ],
  'utilization-unreachable': [
    'An autoscaler waits for seven times what pods request, and they may use four times as much.',
    set('HorizontalPodAutoscaler/litellm/litellm', '/spec/metrics/0/resource/target/averageUtilization', 700),
    KIVA,
  ],
  'utilization-of-nothing': [
    'An autoscaler looks at a resource that its pods do not request.',
    set('HorizontalPodAutoscaler/litellm/litellm', '/spec/metrics/0/resource/name', 'nvidia.com/gpu'),
    KIVA,
  ],
  'scale-down-disabled': [
    'What an autoscaler adds stays for ever.',
    set('HorizontalPodAutoscaler/llm/llm-service', '/spec/behavior/scaleDown/selectPolicy', 'Disabled'),
    STAGING,
  ],
});

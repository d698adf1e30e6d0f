import { drop, replace, set } from '../edits';
import { chapter } from '../fault';
import {
  CANARY,
  CONFIG_FILE,
  ENGINE,
  ENGINE_CONFIG,
  FETCH,
  FIRST,
  GATEWAY,
  GATEWAY_CONFIG,
  GATEWAY_SERVICE,
  LOAD_TESTER,
  MIGRATION,
  POD,
  ROUTE,
} from './objects';

const READ = 'konghq.com~1read-timeout';
const KONG = '/spec/source/helm/valuesObject';

export const time = chapter('Time', {
  'deployment-deadline-short': [
    'A Deployment gives up before its pods may have started.',
    set(ENGINE, '/spec/progressDeadlineSeconds', 300),
  ],
  'deployment-deadline-dropped': [
    'A Deployment gives up after ten minutes, which a model needs to start.',
    drop(ENGINE, '/spec/progressDeadlineSeconds'),
  ],
  'canary-deadline-short': ['Flagger gives up before a pod may have started.', set(CANARY, '/spec/progressDeadlineSeconds', 300)],
  'canary-deadline-dropped': [
    'Flagger gives up after ten minutes, which a model needs to start.',
    drop(CANARY, '/spec/progressDeadlineSeconds'),
  ],
  'startup-budget-short': [
    'A startup probe restarts the engine before its model is loaded.',
    set(ENGINE, `${FIRST}/startupProbe/failureThreshold`, 6),
  ],
  'startup-budget-above-deadline': [
    'A startup probe grants more time than the rollout.',
    set(ENGINE, `${FIRST}/startupProbe/failureThreshold`, 600),
  ],
  'startup-probe-dropped': ['A liveness probe restarts the engine while it loads its model.', drop(ENGINE, `${FIRST}/startupProbe`)],
  'grace-shorter-than-drain': ['A pod is killed while it still answers.', set(ENGINE, `${POD}/terminationGracePeriodSeconds`, 60)],
  'grace-default': ['A pod is killed after 30 seconds, while it still answers.', drop(ENGINE, `${POD}/terminationGracePeriodSeconds`)],
  'grace-gateway-short': [
    'The gateway is killed while answers still stream through it.',
    set(GATEWAY, `${POD}/terminationGracePeriodSeconds`, 30),
  ],
  'pre-stop-eats-grace': [
    'A preStop hook sleeps longer than the pod has.',
    set(ENGINE, `${FIRST}/lifecycle/preStop/exec/command/1`, '700'),
  ],
  'pre-stop-dropped': ['A pod ends while the gateway still sends it requests.', drop(ENGINE, `${FIRST}/lifecycle`)],
  'pre-stop-dropped-gateway': ['LiteLLM ends while Kong still sends it requests.', drop(GATEWAY, `${FIRST}/lifecycle`)],
  'drain-above-grace': [
    'The engine drains longer than its pod has.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'shutdown-timeout: 600', 'shutdown-timeout: 900'),
  ],
  'drain-dropped': [
    'The engine aborts running answers when it is asked to stop.',
    replace(ENGINE_CONFIG, CONFIG_FILE, /shutdown-timeout: \d+\n/, ''),
  ],
  'edge-below-gateway': ['The public route gives up before LiteLLM.', set(ROUTE, '/spec/rules/0/timeouts/backendRequest', '60s')],
  'edge-service-below-gateway': [
    'Kong stops reading before LiteLLM gives up.',
    set(GATEWAY_SERVICE, `/metadata/annotations/${READ}`, '60000'),
  ],
  'edge-service-default': ['Kong stops reading after its default of 60 seconds.', drop(GATEWAY_SERVICE, `/metadata/annotations/${READ}`)],
  'gateway-below-engine': [
    'LiteLLM gives up before the internal gateway.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'timeout: 620', 'timeout: 60'),
  ],
  'gateway-above-edge': [
    'LiteLLM waits for answers that nobody waits for any more.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'timeout: 620', 'timeout: 1200'),
  ],
  'gateway-model-timeout-above-edge': [
    'One model’s timeout is longer than what the edge waits.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, '      timeout: 620', '      timeout: 1200'),
  ],
  'internal-gateway-short': ['The weighted route cuts long answers off.', set(CANARY, '/spec/service/timeout', '15s')],
  'internal-gateway-backend-short': [
    'Kong cuts long answers off at the weighted route.',
    set(CANARY, '/spec/service/backendTimeout', '60s'),
  ],
  'backend-timeout-above-timeout': ['A route’s backend timeout is above its timeout.', set(CANARY, '/spec/service/backendTimeout', '900s')],
  'timeout-without-unit': ['A timeout has no unit.', set(CANARY, '/spec/service/timeout', '610')],
  'timeout-fraction': ['A timeout is a fraction, which Gateway API refuses.', set(ROUTE, '/spec/rules/0/timeouts/backendRequest', '10.5m')],
  'retries-multiply': [
    'Kong and LiteLLM both retry, so that one request becomes many.',
    set(GATEWAY_SERVICE, '/metadata/annotations/konghq.com~1retries', '5'),
  ],
  'retries-default': [
    'Kong retries five times, since nobody says otherwise.',
    drop(GATEWAY_SERVICE, '/metadata/annotations/konghq.com~1retries'),
  ],
  'retries-of-litellm': ['LiteLLM retries five times.', replace(GATEWAY_CONFIG, CONFIG_FILE, 'num_retries: 1', 'num_retries: 5')],
  'retries-after-timeout': [
    'LiteLLM repeats what has timed out.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'TimeoutErrorRetries: 0', 'TimeoutErrorRetries: 2'),
  ],
  'migration-deadline-short': ['A migration is stopped after a second.', set(MIGRATION, '/spec/activeDeadlineSeconds', 1)],
  'migration-deadline-missing': ['A migration that hangs stops every sync.', drop(MIGRATION, '/spec/activeDeadlineSeconds')],
  'analysis-faster-than-scrape': [
    'Flagger looks more often than Prometheus.',
    set('PodMonitor/llm/llm-service', '/spec/podMetricsEndpoints/0/interval', '2m'),
  ],
  'metric-window-below-scrape': ['A metric’s window holds less than two scrapes.', set(CANARY, '/spec/analysis/metrics/0/interval', '15s')],
  'metric-window-malformed': ['A metric’s window has no unit.', set(CANARY, '/spec/analysis/metrics/0/interval', '60')],
  'analysis-interval-too-short': ['An analysis looks every five seconds.', set(CANARY, '/spec/analysis/interval', '5s')],
  'analysis-interval-malformed': ['An analysis interval has no unit.', set(CANARY, '/spec/analysis/interval', '60')],
  'rollout-hook-above-interval': [
    'A webhook of each step takes longer than the step.',
    set(CANARY, '/spec/analysis/webhooks/2/timeout', '90s'),
  ],
  'webhook-timeout-malformed': ['A webhook’s timeout has no unit.', set(CANARY, '/spec/analysis/webhooks/2/timeout', '10')],
  'smoke-test-above-hook': [
    'The smoke test may take longer than Flagger waits for it.',
    replace(CANARY, '/spec/analysis/webhooks/0/metadata/cmd', '--max-time 60', '--max-time 300'),
  ],
  'load-ends-before-check': [
    'The load ends before its metrics are looked at.',
    replace(CANARY, '/spec/analysis/webhooks/2/metadata/cmd', '-z 3m', '-z 10s'),
  ],
  'load-cut-off': ['The load tester stops commands before they end.', replace(LOAD_TESTER, `${FIRST}/command/3`, '1h', '30s')],
  'kong-grace-short': [
    'Kong is killed while answers still stream through it.',
    set('Application/argocd/kong-prod-us-east-1', `${KONG}/terminationGracePeriodSeconds`, 30),
  ],
  'kong-drain-short': [
    'Kong cuts off answers that still stream when it is asked to stop.',
    set('Application/argocd/kong-prod-us-east-1', `${KONG}/lifecycle/preStop/exec/command/3`, '--timeout=10'),
  ],
  'model-fetch-hasty': ['The Job that downloads a model is given five minutes.', set(FETCH, '/spec/activeDeadlineSeconds', 300)],
});

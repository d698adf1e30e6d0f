import { drop, replace, set } from '../edits';
import { chapter } from '../fault';
import {
  CACHE,
  CANARY,
  CONFIG_FILE,
  ENGINE,
  ENGINE_CONFIG,
  FETCH,
  FIRST,
  GATEWAY,
  GATEWAY_CONFIG,
  GATEWAY_SECRETS,
  LOAD_TESTER,
  MIGRATION,
  POD,
  template,
} from './objects';

const WEIGHTED = 'http://llm-service.edge.svc.cluster.local/v1';
const baseUrl = (url: string) => replace(GATEWAY_CONFIG, CONFIG_FILE, WEIGHTED, url);
const DATABASE_URL = '/spec/target/template/data/DATABASE_URL';

export const calls = chapter('Base URLs and settings', {
  'base-url-apex': [
    'LiteLLM calls the apex Service, which always selects the primary.',
    baseUrl('http://llm-service.llm.svc.cluster.local/v1'),
  ],
  'base-url-primary': ['LiteLLM calls the primary’s Service.', baseUrl('http://llm-service-primary.llm.svc.cluster.local/v1')],
  'base-url-canary': [
    'LiteLLM calls the canary’s Service, which has no pods most of the time.',
    baseUrl('http://llm-service-canary.llm.svc.cluster.local/v1'),
  ],
  'base-url-pod': ['LiteLLM calls one pod by its address.', baseUrl('http://10.0.12.34:8000/v1')],
  'base-url-localhost': ['LiteLLM calls itself.', baseUrl('http://localhost:8000/v1')],
  'base-url-other-namespace': [
    'LiteLLM looks for the gateway in its own namespace.',
    baseUrl('http://llm-service.litellm.svc.cluster.local/v1'),
  ],
  'base-url-short-name': ['LiteLLM calls a name that only another namespace can resolve.', baseUrl('http://llm-service/v1')],
  'base-url-https': ['LiteLLM speaks TLS to a listener without it.', baseUrl('https://llm-service.edge.svc.cluster.local/v1')],
  'base-url-without-v1': ['LiteLLM calls the engine without /v1.', baseUrl('http://llm-service.edge.svc.cluster.local')],
  'base-url-pod-port': ['LiteLLM calls the Service on the port of the pods.', baseUrl('http://llm-service.edge.svc.cluster.local:8000/v1')],
  'base-url-without-scheme': ['LiteLLM’s base URL has no scheme.', baseUrl('llm-service.edge.svc.cluster.local/v1')],
  'base-url-public': ['LiteLLM calls the model through the public gateway, and so itself.', baseUrl('https://api.llm-production.com/v1')],
  'base-url-host-misspelt': ['LiteLLM’s base URL misspells the host.', baseUrl('http://llm-servce.edge.svc.cluster.local/v1')],
  'base-url-domain-misspelt': [
    'LiteLLM’s base URL misspells the cluster’s domain.',
    baseUrl('http://llm-service.edge.svc.cluster.locl/v1'),
  ],
  'served-model-renamed': [
    'The engine serves its model under a name that LiteLLM does not ask for.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'served-model-name: llama-2-70b-chat', 'served-model-name: llama-70b'),
  ],
  'asked-model-misspelt': [
    'LiteLLM asks the engine for a model that it does not serve.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'hosted_vllm/llama-2-70b-chat', 'hosted_vllm/llama-2-70b'),
  ],
  'payload-model-misspelt': [
    'The load test asks for a model that the engine does not serve.',
    replace('ConfigMap/llm/flagger-loadtester-payload', '/data/load.json', 'llama-2-70b-chat', 'llama-2-70b'),
  ],
  'alert-model-misspelt': [
    'An alert watches a model that the engine does not serve.',
    replace('PrometheusRule/llm/llm-service-alerts', '/spec/groups/0/rules/0/expr', 'llama-2-70b-chat', 'llama-2-70b'),
  ],
  'model-path-not-mounted': [
    'The engine reads its model from a folder where nothing is mounted.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'model: /models/', 'model: /model/'),
  ],
  'model-revision-other-than-fetched': [
    'The engine waits for another revision than the Job fetches.',
    replace(FETCH, `${POD}/containers/0/env/name=MODEL_FOLDER/value`, /\/[0-9a-f]{4}/, '/0000'),
  ],
  'model-revision-other-than-awaited': [
    'The engine serves another revision than it waits for.',
    replace(ENGINE, `${POD}/initContainers/0/env/name=MODEL_FOLDER/value`, /\/[0-9a-f]{4}/, '/0000'),
  ],
  'configuration-file-misspelt': [
    'A command reads a configuration file that is not mounted.',
    replace(ENGINE, `${FIRST}/command/2`, 'config.yaml', 'vllm.yaml'),
  ],
  'script-misspelt': ['A command runs a script that is not mounted.', replace(CACHE, `${FIRST}/command/1`, 'start-redis', 'redis-start')],
  'payload-file-misspelt': [
    'The smoke test sends a file that is not mounted.',
    replace(CANARY, '/spec/analysis/webhooks/0/metadata/cmd', 'smoke.json', 'smoke-test.json'),
  ],
  'configuration-key-renamed': [
    'A ConfigMap renames the file that its reader names.',
    (draft) =>
      draft.change(GATEWAY_CONFIG, (object) => {
        object.data = { 'litellm.yaml': object.data['config.yaml'] };
      }),
  ],
  'api-key-variable-missing': [
    'LiteLLM’s configuration names a variable that the container does not have.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'os.environ/LLM_API_KEY', 'os.environ/VLLM_API_KEY'),
  ],
  'load-test-variable-missing': [
    'The load test uses a variable that the load tester does not have.',
    replace(CANARY, '/spec/analysis/webhooks/2/metadata/cmd', '$ENGINE_API_KEY', '$LLM_API_KEY'),
  ],
  'load-tester-refuses-namespace': [
    'The load tester takes no orders from the Canary’s namespace.',
    replace(LOAD_TESTER, `${FIRST}/command/4`, '^llm$', '^default$'),
  ],
  'redis-host-misspelt': [
    'LiteLLM looks for Redis under a name that does not exist.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'redis-0.redis.litellm.svc', 'redis-master.litellm.svc'),
  ],
  'redis-master-misspelt': [
    'Followers look for their master under a name that does not exist.',
    replace(CACHE, `${FIRST}/env/name=MASTER_HOST/value`, 'redis-0.redis.', 'redis-0.redis-headless.'),
  ],
  'redis-pod-beyond-replicas': [
    'Followers look for a pod of the StatefulSet that is never there.',
    replace(CACHE, `${FIRST}/env/name=MASTER_HOST/value`, 'redis-0.', 'redis-7.'),
  ],
  'redis-followers-as-master': [
    'LiteLLM writes to whichever Redis pod DNS gives it.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'redis-0.redis.litellm', 'redis.litellm'),
  ],
  'database-host-misspelt': [
    'A variable names a database host that does not exist.',
    replace(MIGRATION, `${POD}/initContainers/0/env/name=PGHOST/value`, 'postgresql-rw', 'postgres-rw'),
  ],
  'database-host-read-only': [
    'LiteLLM writes to the database’s replicas.',
    replace(GATEWAY_SECRETS, DATABASE_URL, 'postgresql-rw', 'postgresql-ro'),
  ],
  'database-name-misspelt': [
    'LiteLLM opens a database that nobody creates.',
    replace(GATEWAY_SECRETS, DATABASE_URL, '5432/litellm', '5432/litelm'),
  ],
  'database-user-misspelt': [
    'LiteLLM logs in as a user that nobody creates.',
    replace(GATEWAY_SECRETS, DATABASE_URL, '//litellm:', '//litelm:'),
  ],
  'webhook-host-misspelt': [
    'A webhook calls a load tester that does not exist.',
    replace(CANARY, '/spec/analysis/webhooks/2/url', 'flagger-loadtester', 'loadtester'),
  ],
  'webhook-https': [
    'A webhook speaks TLS to a load tester without it.',
    replace(CANARY, '/spec/analysis/webhooks/2/url', 'http:', 'https:'),
  ],
  'prometheus-host-misspelt': [
    'A metric is asked for at a Prometheus that does not exist.',
    replace(template('success-percent'), '/spec/provider/address', 'prometheus-operated.monitoring', 'prometheus-operatd.monitoring'),
  ],
  'metrics-port-variable-wrong': [
    'LiteLLM serves its metrics on another port than is scraped.',
    set(GATEWAY, `${FIRST}/env/name=PROMETHEUS_METRICS_PORT/value`, '9090'),
  ],
  'variable-misspelt': ['A variable that a command needs is missing.', drop(CACHE, `${FIRST}/env/name=MAX_MEMORY`)],
});

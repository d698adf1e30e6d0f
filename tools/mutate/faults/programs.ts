import { all, drop, remove, replace, set } from '../edits';
import { chapter } from '../fault';
import { FIRST } from './objects';

const ENGINE = 'Deployment/llm/llm-service';
const ENGINE_FILE = 'ConfigMap/llm/llm-service-config';
const CANARY = 'Canary/llm/llm-service';
const GATE = '/spec/analysis/metrics/name=';
const GATEWAY = 'Deployment/litellm/litellm';
const GATEWAY_FILE = 'ConfigMap/litellm/litellm-config';
const CHAT = 'Deployment/kiva/open-webui-backend-kiva';
const DATABASE = 'Cluster/litellm/postgresql';
const CACHE = 'StatefulSet/litellm/redis';
const MIGRATION = 'Job/litellm/litellm-migration';
const MODEL = 'InferenceService/ml/intent-classifier';
const RUNTIME = 'ServingRuntime/ml/sklearn';
const ALERTS = 'PrometheusRule/llm/llm-service-alerts';
const CONFIG = '/data/config.yaml';
const LOGS = ['ConfigMap/monitoring/loki-config', '/data/loki.yaml'] as const;

const KIVA = 'prod/germanywestcentral';
const EU = 'prod/eu-west-1';

export const programs = chapter('Programs and what they are told', {
  'engine-without-key': ['The engine asks nobody for a key.', drop(ENGINE, `${FIRST}/env/name=VLLM_API_KEY`)],
  'engine-online': ['The engine may fetch its model from the hub.', set(ENGINE, `${FIRST}/env/name=HF_HUB_OFFLINE/value`, '0')],
  'engine-reports-usage': ['The engine reports to its authors.', set(ENGINE, `${FIRST}/env/name=VLLM_NO_USAGE_STATS/value`, '0')],
  'engine-hears-itself': [
    'The engine’s file has it listen to its pod alone.',
    replace(ENGINE_FILE, CONFIG, 'max-num-seqs', 'host: 127.0.0.1\nmax-num-seqs'),
  ],
  'engine-file-port': [
    'The engine’s file has it listen on another port.',
    replace(ENGINE_FILE, CONFIG, 'max-num-seqs', 'port: 8080\nmax-num-seqs'),
  ],
  'engine-trusts-code': [
    'The engine runs code that comes with the model.',
    replace(ENGINE_FILE, CONFIG, 'max-num-seqs', 'trust-remote-code: true\nmax-num-seqs'),
  ],
  'engine-eager': ['The engine runs without graphs.', replace(ENGINE_FILE, CONFIG, 'max-num-seqs', 'enforce-eager: true\nmax-num-seqs')],
  'engine-float32': [
    'The engine computes with twice the bytes.',
    replace(ENGINE_FILE, CONFIG, 'max-num-seqs', 'dtype: float32\nmax-num-seqs'),
  ],
  'engine-takes-all-memory': ['The engine leaves its GPUs’ driver no memory.', replace(ENGINE_FILE, CONFIG, '0.9', '1.0')],
  'engine-quantized-otherwise': [
    'The engine reads its weights in another form.',
    replace(ENGINE_FILE, CONFIG, 'quantization: awq', 'quantization: gptq'),
  ],
  'engine-quantization-lost': [
    'The engine is not told how its weights are quantized.',
    replace(ENGINE_FILE, CONFIG, 'quantization: awq\n', ''),
  ],
  'gateway-master-key-lost': ['LiteLLM’s file names no master key.', replace(GATEWAY_FILE, CONFIG, /.*master_key.*\n/, '')],
  'gateway-logs-prompts': [
    'LiteLLM logs prompts.',
    replace(GATEWAY_FILE, CONFIG, 'turn_off_message_logging: true', 'turn_off_message_logging: false'),
  ],
  'gateway-tells-metrics': [
    'LiteLLM tells everybody its metrics.',
    replace(GATEWAY_FILE, CONFIG, 'metrics_endpoint: true', 'metrics_endpoint: false'),
  ],
  'gateway-telemetry': ['LiteLLM reports to its authors.', replace(GATEWAY_FILE, CONFIG, 'telemetry: false', 'telemetry: true')],
  'gateway-models-by-hand': ['LiteLLM keeps models in its database.', replace(GATEWAY_FILE, CONFIG, 'in_db: false', 'in_db: true')],
  'gateway-debugs': ['LiteLLM logs everything.', set(GATEWAY, `${FIRST}/env/name=LITELLM_LOG/value`, 'DEBUG')],
  'gateway-migrates': ['Each pod of LiteLLM changes the schema.', set(GATEWAY, `${FIRST}/env/name=DISABLE_SCHEMA_UPDATE/value`, 'false')],
  'gateway-as-developed': ['LiteLLM runs as on a laptop.', set(GATEWAY, `${FIRST}/env/name=LITELLM_MODE/value`, 'DEV')],
  'gateway-unscaled': ['Nobody decides how many pods LiteLLM has.', remove('HorizontalPodAutoscaler/litellm/litellm')],
  'chat-own-key': ['Each pod of the chat signs with a key of its own.', drop(CHAT, `${FIRST}/env/name=WEBUI_SECRET_KEY`), KIVA],
  'chat-own-database': ['Each pod of the chat has a database of its own.', drop(CHAT, `${FIRST}/env/name=DATABASE_URL`), KIVA],
  'chat-own-vectors': ['Each pod of the chat keeps vectors for itself.', set(CHAT, `${FIRST}/env/name=VECTOR_DB/value`, 'chroma'), KIVA],
  'chat-migrates': ['Each pod of the chat changes the schema.', set(CHAT, `${FIRST}/env/name=ENABLE_DB_MIGRATIONS/value`, 'True'), KIVA],
  'chat-remembers-settings': [
    'What the chat once saved wins over Git.',
    set(CHAT, `${FIRST}/env/name=ENABLE_PERSISTENT_CONFIG/value`, 'True'),
    KIVA,
  ],
  'chat-any-origin': ['Pages of anybody may call the chat.', set(CHAT, `${FIRST}/env/name=CORS_ALLOW_ORIGIN/value`, '*'), KIVA],
  'chat-installs': [
    'Tools of users install packages.',
    set(CHAT, `${FIRST}/env/name=ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS/value`, 'True'),
    KIVA,
  ],
  'dashboards-sign-up': [
    'Anybody makes an account for dashboards.',
    set('Deployment/monitoring/grafana', `${FIRST}/env/name=GF_USERS_ALLOW_SIGN_UP/value`, 'true'),
  ],
  'cache-probe-without-password': ['Redis refuses its own probes.', drop(CACHE, `${FIRST}/env/name=REDISCLI_AUTH`)],
  'cache-exporter-without-password': [
    'Redis refuses its exporter.',
    drop(CACHE, '/spec/template/spec/containers/1/env/name=REDIS_PASSWORD'),
  ],
  'cache-updates-by-hand': ['Changes of Redis wait for somebody.', set(CACHE, '/spec/updateStrategy', { type: 'OnDelete' })],
  'logs-for-ever': ['Logs are never deleted.', replace(...LOGS, 'retention_enabled: true', 'retention_enabled: false')],
  'logs-old-schema': ['Loki’s schema is too old for what it is sent.', replace(...LOGS, 'schema: v13', 'schema: v11')],
  'logs-ask-for-tenants': ['Loki asks for tenants that nobody names.', replace(...LOGS, 'auth_enabled: false', 'auth_enabled: true')],
  'ollama-prunes': [
    'Ollama removes models when it starts.',
    drop('Deployment/llm/ollama', `${FIRST}/env/name=OLLAMA_NOPRUNE`),
    'dev/local',
  ],
  'database-forgets': ['PostgreSQL does not wait for its disk.', set(DATABASE, '/spec/postgresql/parameters/fsync', 'off')],
  'database-unit': ['PostgreSQL gets a unit of Kubernetes.', set(DATABASE, '/spec/postgresql/parameters/shared_buffers', '512Mi')],
  'archive-of-a-day': ['A database’s archive is kept for a day.', set(DATABASE, '/spec/backup/retentionPolicy', '1d')],
  'archive-of-another-cloud': [
    'A database is archived to another cloud.',
    set(DATABASE, '/spec/backup/barmanObjectStore/destinationPath', 'https://kivabackups.blob.core.windows.net/a'),
  ],
  'backup-without-volumes': ['Backups hold no volumes.', set('Schedule/velero/daily', '/spec/template/snapshotVolumes', false)],
  'backup-of-a-day': ['Backups are kept for a day.', set('Schedule/velero/daily', '/spec/template/ttl', '24h0m0s')],
  'backup-elsewhere': [
    'Backups go to the bucket of another region.',
    set('BackupStorageLocation/velero/default', '/spec/objectStorage/bucket', 'llm-backups-us-west-2'),
  ],
  'snapshots-elsewhere': [
    'Snapshots are looked for in another part of the cloud.',
    set('VolumeSnapshotLocation/velero/default', '/spec/config/region', 'eu-north-1'),
  ],
  'archive-elsewhere': [
    'A database is archived into the bucket of another region.',
    replace(DATABASE, '/spec/backup/barmanObjectStore/destinationPath', /llm-backups-[a-z0-9-]+/, 'llm-backups-elsewhere'),
  ],
  'backup-read-only': ['Backups may not be written.', set('BackupStorageLocation/velero/default', '/spec/accessMode', 'ReadOnly')],
  'job-tries-for-ever': ['A Job tries a thousand times.', set(MIGRATION, '/spec/backoffLimit', 1000)],
  'job-suspended': ['A Job never begins.', set(MIGRATION, '/spec/suspend', true)],
  'job-in-parallel': ['A migration runs three times at once.', set(MIGRATION, '/spec/parallelism', 3)],
  'rollout-paused': ['Changes of LiteLLM reach no pod.', set(GATEWAY, '/spec/paused', true)],
  'canary-patience': ['A broken version keeps its traffic for hours.', set(CANARY, '/spec/analysis/threshold', 500)],
  'canary-success-of-nine': ['Nine successes of a hundred are enough.', set(CANARY, `${GATE}success-percent/thresholdRange/min`, 9)],
  'canary-gates-exchanged': [
    'Two gates are judged by each other’s bounds.',
    all(
      set(CANARY, `${GATE}time-to-first-token-p95-seconds/templateRef/name`, 'inter-token-latency-p95-seconds'),
      set(CANARY, `${GATE}inter-token-latency-p95-seconds/templateRef/name`, 'time-to-first-token-p95-seconds'),
    ),
  ],
  'canary-route-without-end': ['Nothing says how long a request may take.', drop(CANARY, '/spec/service/timeout')],
  'canary-retries': ['A Canary asks for retries that nobody carries out.', set(CANARY, '/spec/service/retries', { attempts: 10 })],
  'gate-fixed-window': [
    'A gate looks back for an hour.',
    replace('MetricTemplate/llm/success-percent', '/spec/query', '{{ interval }}', '1h'),
  ],
  'scaler-impatient': [
    'Pods without work ask for more pods.',
    set('HorizontalPodAutoscaler/litellm/litellm', '/spec/metrics/0/resource/target/averageUtilization', 5),
  ],
  'alert-too-late': ['An alert waits for a month.', set(ALERTS, '/spec/groups/0/rules/0/for', '30d')],
  'alert-other-runbook': [
    'An alert leads to a page that is not there.',
    replace(ALERTS, '/spec/groups/0/rules/0/annotations/runbook_url', 'first-token-slow', 'slow-first-token'),
  ],
  'policy-all-namespaces': [
    'A policy lets pods of all namespaces in.',
    set('NetworkPolicy/litellm/litellm-from-kong', '/spec/ingress/0/from', [{ namespaceSelector: {} }]),
  ],
  'policy-metadata-service': [
    'A policy for the internet leads to nodes and their credentials.',
    set('NetworkPolicy/llm/model-fetch-to-internet', '/spec/egress/0/to/0/ipBlock/except', ['10.0.0.0/8']),
  ],
  'predictor-format': [
    'A model has a format that its runtime does not take.',
    set(MODEL, '/spec/predictor/model/modelFormat/name', 'xgboost'),
    EU,
  ],
  'predictor-protocol': [
    'A model speaks a protocol that its runtime does not.',
    set(MODEL, '/spec/predictor/model/protocolVersion', 'v2'),
    EU,
  ],
  'model-mode-missing': ['A model does not say how it is run.', drop(MODEL, '/metadata/annotations/serving.kserve.io~1deploymentMode'), EU],
  'model-asleep': ['A model without Knative is to sleep.', set(MODEL, '/spec/predictor/minReplicas', 0), EU],
  'model-metric-of-knative': ['A Deployment is scaled by what only Knative counts.', set(MODEL, '/spec/predictor/scaleMetric', 'rps'), EU],
  'model-of-another': [
    'A model is fetched from the folder of another one.',
    replace(MODEL, '/spec/predictor/model/storageUri', 'intent-classifier', 'language-detector'),
    EU,
  ],
  'model-of-elsewhere': [
    'A model is fetched from the bucket of another region.',
    replace(MODEL, '/spec/predictor/model/storageUri', 'eu-west-1', 'us-east-1'),
    EU,
  ],
  'model-latest': ['A model is whatever is latest.', replace(MODEL, '/spec/predictor/model/storageUri', '/v1', '/latest'), EU],
  'predictor-minimum': ['A model has more replicas than it may have.', set(MODEL, '/spec/predictor/minReplicas', 5), EU],
  'predictor-share': ['A model is scaled by a share that cannot be.', set(MODEL, '/spec/predictor/scaleTarget', 7000), EU],
  'runtime-container': ['A runtime has no container for the model.', set(RUNTIME, '/spec/containers/0/name', 'server'), EU],
  'runtime-folder': ['A runtime looks for models elsewhere.', set(RUNTIME, '/spec/containers/0/args/1', '--model_dir=/models'), EU],
  'runtime-disabled': ['A runtime is switched off.', set(RUNTIME, '/spec/disabled', true), EU],
  'mesh-plain-text': [
    'Members of the mesh take plain text.',
    set('PeerAuthentication/ml/mesh-members', '/spec/mtls/mode', 'PERMISSIVE'),
    EU,
  ],
  'mesh-unauthenticated': ['Nobody refuses plain text in the mesh.', remove('PeerAuthentication/ml/mesh-members'), EU],
  'mesh-open': ['Everybody may call members of the mesh.', set('AuthorizationPolicy/ml/mesh-members', '/spec/rules', [{}]), EU],
  'mesh-unguarded': ['Nobody says who may call members of the mesh.', remove('AuthorizationPolicy/ml/mesh-members'), EU],
  'migration-changes-nothing': [
    'The Job that changes the schema is told to leave it alone.',
    set(MIGRATION, `${FIRST}/env/name=DISABLE_SCHEMA_UPDATE/value`, 'true'),
  ],
  'chat-connections-per-pod': [
    'Each pod of a chat keeps its connections for itself.',
    drop(CHAT, `${FIRST}/env/name=WEBSOCKET_MANAGER`),
    KIVA,
  ],
  'gateway-open-without-database': [
    'The gateway asks for no key while its database is away.',
    replace(GATEWAY_FILE, CONFIG, 'allow_requests_on_db_unavailable: false', 'allow_requests_on_db_unavailable: true'),
  ],
  'variable-of-file-misspelt': [
    'A variable that a configuration file uses is misspelt.',
    set('Deployment/monitoring/jaeger', `${FIRST}/env/name=STORAGE_PASSWORD/name`, 'STORAGE_PASS'),
  ],
  'database-instances-share-node': [
    'All instances of a database may share a node.',
    set(DATABASE, '/spec/affinity/enablePodAntiAffinity', false),
  ],
});

import { all, drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { CONFIG_FILE, FIRST, GATEWAY_CONFIG, POD } from './objects';

const KIVA = 'prod/germanywestcentral';
const LOCAL = 'dev/local';
const DATABASE = 'Cluster/kiva/postgresql';
const CHAT = 'Deployment/kiva/open-webui-backend-kiva';
const SECRETS = 'ExternalSecret/litellm/litellm-secrets';
const ENGINE_CONFIG = 'ConfigMap/llm/kiva-vllm-config';
const REDIS_CONFIG = 'ConfigMap/kiva/kiva-redis-config';
const redis = (from: string | RegExp, to: string) => replace(REDIS_CONFIG, '/data/redis.conf', from, to);
const engine = (from: string, to: string) => replace(ENGINE_CONFIG, CONFIG_FILE, from, to);
const variable = (name: string, value: string) => set(CHAT, `${FIRST}/env/name=${name}/value`, value);
const entry = (secret: string, i: number, value: string) => set(`ExternalSecret/${secret}`, `/spec/data/${i}/remoteRef/key`, value);

export const state = chapter('Databases, caches, secrets and programs elsewhere', {
  'database-followers-missing': [
    'A database waits for more followers than it has.',
    set(DATABASE, '/spec/postgresql/synchronous/number', 3),
    KIVA,
  ],
  'database-parameter-number': [
    'A parameter of a database is a number.',
    set(DATABASE, '/spec/postgresql/parameters/max_connections', 130),
    KIVA,
  ],
  'database-parameter-kept': [
    'A database is told a parameter that its operator keeps for itself.',
    set(DATABASE, '/spec/postgresql/parameters/listen_addresses', '127.0.0.1'),
    KIVA,
  ],
  'database-parameter-misspelt': [
    'A parameter of a database is misspelt.',
    set(DATABASE, '/spec/postgresql/parameters/max_conections', '200'),
    KIVA,
  ],
  'database-parameter-later': [
    'A database is told a parameter of a later version.',
    set(DATABASE, '/spec/postgresql/parameters/transaction_timeout', '5min'),
    KIVA,
  ],
  'database-unit-lower-case': [
    'A size has a unit that PostgreSQL does not know.',
    set(DATABASE, '/spec/postgresql/parameters/shared_buffers', '512mb'),
    KIVA,
  ],
  'database-too-small': ['A database has less storage than it takes when empty.', set(DATABASE, '/spec/storage/size', '100Mi'), KIVA],
  'database-role-shut-out': ['A role with a password may not log in.', set(DATABASE, '/spec/managed/roles/0/login', false), KIVA],
  'database-role-dropped': ['The role of the chat is dropped.', set(DATABASE, '/spec/managed/roles/0/ensure', 'absent'), KIVA],
  'database-role-limited': [
    'A role may open fewer connections than its clients do.',
    set(DATABASE, '/spec/managed/roles/0/connectionLimit', 5),
    KIVA,
  ],
  'chat-pool-large': ['The chat’s pool is larger than what its database accepts.', variable('DATABASE_POOL_SIZE', '100'), KIVA],
  'database-budget-off': ['A drain may take all instances of a database.', set(DATABASE, '/spec/enablePDB', false), KIVA],
  'database-superuser': ['A Secret opens every database.', set(DATABASE, '/spec/enableSuperuserAccess', true), KIVA],
  'database-topology-misspelt': [
    'Instances are spread over a label that no node carries.',
    set(DATABASE, '/spec/affinity/topologyKey', 'topology.kubernetes.io/zon'),
    KIVA,
  ],
  'database-hibernates': ['A database sleeps.', set(DATABASE, '/metadata/annotations/cnpg.io~1hibernation', 'on'), KIVA],
  'database-absent': ['A database is to be absent.', set('Database/kiva/openwebui', '/spec/ensure', 'absent'), KIVA],
  'database-reclaimed': [
    'A database goes with the object that describes it.',
    set('Database/kiva/openwebui', '/spec/databaseReclaimPolicy', 'delete'),
    KIVA,
  ],
  'database-without-vectors': ['A database lacks the extension for vectors.', drop('Database/kiva/openwebui', '/spec/extensions'), KIVA],
  'redis-policy-misspelt': [
    'Redis is told a policy that it does not have.',
    redis(/maxmemory-policy \S+/, 'maxmemory-policy allkeys-least'),
    KIVA,
  ],
  'redis-hears-itself': ['Redis listens to itself alone.', redis('dir /data', 'bind 127.0.0.1\ndir /data'), KIVA],
  'redis-elsewhere': ['Redis keeps its files where nothing is mounted.', redis('dir /data', 'dir /var/lib/redis'), KIVA],
  'secret-engine-old': [
    'A Secret’s template is for an engine that is gone.',
    set('ExternalSecret/kiva/kiva-redis-credentials', '/spec/target/template/engineVersion', 'v1'),
    KIVA,
  ],
  'entry-name-refused': [
    'An entry has a name that its store cannot have.',
    entry('litellm/litellm-secrets', 0, 'litellm/master_key'),
    KIVA,
  ],
  'entry-twice': ['Two keys are read from one entry.', entry('litellm/litellm-secrets', 1, 'litellm-master-key'), KIVA],
  'entry-without-property': ['A value is every key of a Secret.', drop(SECRETS, '/spec/data/0/remoteRef/property'), LOCAL],
  'engine-key-other': ['The engine takes another key than LiteLLM sends.', entry('llm/llm-secrets', 0, 'vllm-api-key'), KIVA],
  'database-password-other': [
    'A database takes another password than its client sends.',
    entry('litellm/postgresql-litellm', 0, 'postgres-password'),
    KIVA,
  ],
  'cache-password-other': [
    'The gateway sends another password than Redis takes.',
    entry('litellm/litellm-api-rate-limit', 0, 'rate-limit-password'),
    KIVA,
  ],
  'secret-type-other': [
    'A password is of another type than its reader takes.',
    set('ExternalSecret/kiva/postgresql-openwebui', '/spec/target/template/type', 'Opaque'),
    KIVA,
  ],
  'secret-merged-into-nothing': [
    'A Secret is merged into one that nobody makes.',
    set('ExternalSecret/kiva/open-webui-secrets', '/spec/target/creationPolicy', 'Merge'),
    KIVA,
  ],
  'secret-vanishes': [
    'A Secret is deleted when its entry is missing for a moment.',
    set('ExternalSecret/kiva/open-webui-secrets', '/spec/target/deletionPolicy', 'Delete'),
    KIVA,
  ],
  'secret-never-renewed': ['A Secret is read once.', set('ExternalSecret/kiva/open-webui-secrets', '/spec/refreshInterval', '0'), KIVA],
  'probe-path-unknown': [
    'A probe asks for a path that the program does not have.',
    set(CHAT, `${FIRST}/readinessProbe/httpGet/path`, '/healthz'),
    KIVA,
  ],
  'probe-over-tls': ['A probe speaks TLS to a port without it.', set(CHAT, `${FIRST}/readinessProbe/httpGet/scheme`, 'HTTPS'), KIVA],
  'liveness-needs-database': [
    'A pod is restarted when its database is away.',
    set(CHAT, `${FIRST}/livenessProbe/httpGet/path`, '/health/db'),
    KIVA,
  ],
  'home-read-only': ['A program’s home cannot be written.', drop(CHAT, `${FIRST}/volumeMounts/mountPath=~1tmp`), KIVA],
  'files-belong-to-root': ['The chat’s files belong to root.', drop(CHAT, `${POD}/securityContext/fsGroup`), KIVA],
  'files-on-a-disk': [
    'Files of three pods are on a disk.',
    set('PersistentVolumeClaim/kiva/open-webui-files', '/spec/storageClassName', 'data-block'),
    KIVA,
  ],
  'public-address-other': ['The chat is told an address that is not its own.', variable('WEBUI_URL', 'https://kiva.example.org'), KIVA],
  'origin-plain': ['Browsers may call from a page without TLS alone.', variable('CORS_ALLOW_ORIGIN', 'http://kiva.example.com'), KIVA],
  'everybody-administers': ['Whoever signs up administers.', variable('DEFAULT_USER_ROLE', 'admin'), KIVA],
  'connections-kept-alone': ['Each pod of the chat keeps open connections for itself.', variable('WEBSOCKET_MANAGER', 'local'), KIVA],
  'context-longer-than-told': [
    'The engine’s context is another than users are told.',
    engine('max-model-len: 16384', 'max-model-len: 163840'),
    KIVA,
  ],
  'batch-too-small': [
    'A batch of the engine is smaller than its requests.',
    engine('max-num-batched-tokens: 8192', 'max-num-batched-tokens: 128'),
    KIVA,
  ],
  'engine-option-misspelt': ['An option of the engine is misspelt.', engine('max-num-seqs', 'max-num-sequences'), KIVA],
  'context-promised': [
    'Users are promised a longer context than the engine has.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'max_tokens: 16384', 'max_tokens: 131072'),
    KIVA,
  ],
  'ollama-hears-itself': [
    'Ollama listens to itself alone.',
    set('Deployment/llm/ollama', `${FIRST}/env/name=OLLAMA_HOST/value`, '127.0.0.1:11434'),
    LOCAL,
  ],
  'ollama-looks-elsewhere': [
    'Ollama looks for models where nothing is mounted.',
    set('Deployment/llm/ollama', `${FIRST}/env/name=OLLAMA_MODELS/value`, '/root/.ollama'),
    LOCAL,
  ],
  'database-on-one-node': [
    'Three instances must be on nodes of their own, and there is one.',
    all(set(DATABASE, '/spec/instances', 3), set(DATABASE, '/spec/affinity/podAntiAffinityType', 'required')),
    LOCAL,
  ],
  'role-secret-of-other': [
    'The Secret of a role carries another name.',
    set('ExternalSecret/litellm/postgresql-litellm', '/spec/target/template/data/username', 'postgres'),
  ],
});

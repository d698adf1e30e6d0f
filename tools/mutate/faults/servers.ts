import { all, drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, DATABASE, FIRST, POD } from './objects';

const EU = 'prod/eu-west-1';
const REDIS = 'ConfigMap/litellm/redis-config';
const SCRIPT = '/data/start-redis.sh';
const MONGO = 'ConfigMap/gpt/mongodb-config';
const CHAT = 'ExternalSecret/gpt/chat-service-secrets';
const URL = '/spec/target/template/data/MONGODB_URL';
const CREDENTIALS = 'ExternalSecret/litellm/redis-credentials';
const PASSWORDS = '/spec/target/template/data/credentials.conf';
const TENSORFLOW = 'ServingRuntime/ml/tensorflow';
const SKLEARN = 'ServingRuntime/ml/sklearn';

export const servers = chapter('Servers of data and of models', {
  'exporter-asks-elsewhere': [
    'The exporter asks beside the port of its Redis.',
    set(CACHE, '/spec/template/spec/containers/1/env/name=REDIS_ADDR/value', 'redis://localhost:6380'),
  ],
  'exporter-url-elsewhere': [
    'The exporter asks beside the port of its MongoDB.',
    replace('ExternalSecret/gpt/mongodb-credentials', '/spec/target/template/data/exporter-url', '27017', '27018'),
    EU,
  ],
  'probe-asks-elsewhere': [
    'A probe asks Redis at a port that it does not have.',
    set(CACHE, `${FIRST}/livenessProbe/exec/command`, ['redis-cli', '-e', '-p', '6380', 'ping']),
  ],
  'probe-takes-any-answer': [
    'A probe takes a refusal for an answer.',
    set(CACHE, `${FIRST}/readinessProbe/exec/command`, ['redis-cli', 'ping']),
  ],
  'followers-ask-elsewhere': ['Followers ask their master at a port that it does not have.', replace(REDIS, SCRIPT, ' 6379', ' 6380')],
  'followers-follow-nobody': ['Each Redis is alone.', replace(REDIS, SCRIPT, ' --replicaof "$MASTER_HOST" 6379', '')],
  'follower-of-itself': ['The first Redis follows, and the second leads itself.', replace(REDIS, SCRIPT, '= 0 ]', '= 1 ]')],
  'redis-port-undeclared': ['Redis listens on another port.', replace(REDIS, '/data/redis.conf', 'dir /data', 'port 6380\ndir /data')],
  'redis-size-of-kubernetes': ['Redis gets a size in a unit of Kubernetes.', set(CACHE, `${FIRST}/env/name=MAX_MEMORY/value`, '512Mi')],
  'redis-without-password': ['Redis asks nobody for a password.', replace(CREDENTIALS, PASSWORDS, /requirepass .*\n/, '')],
  'redis-followers-shut-out': ['Followers have no password for their master.', replace(CREDENTIALS, PASSWORDS, /masterauth .*\n/, '')],
  'redis-include-elsewhere': [
    'Redis reads its password from a file that is not there.',
    replace(REDIS, '/data/redis.conf', '/etc/redis-credentials/', '/etc/redis/'),
  ],
  'server-not-told-to-stop': ['A script stays in front of its server.', replace(REDIS, SCRIPT, 'exec redis', 'redis')],
  'mongodb-writes-to-one': ['What is written may be lost.', replace(CHAT, URL, 'w=majority', 'w=1'), EU],
  'mongodb-writes-to-five': ['Five of three members are to keep what is written.', replace(CHAT, URL, 'w=majority', 'w=5'), EU],
  'mongodb-option-misspelt': ['An option of a URL is misspelt.', replace(CHAT, URL, 'w=majority', 'writeConcern=majority'), EU],
  'mongodb-data-elsewhere': [
    'MongoDB keeps data where nothing is mounted.',
    replace(MONGO, '/data/mongod.yaml', '/data/db', '/var/lib/mongodb'),
    EU,
  ],
  'mongodb-hears-itself': [
    'MongoDB listens to itself alone.',
    replace(MONGO, '/data/mongod.yaml', 'bindIpAll: true', 'bindIp: 127.0.0.1'),
    EU,
  ],
  'runtime-probe-unknown': [
    'A server of models is probed at a path that it does not have.',
    set(TENSORFLOW, '/spec/containers/0/readinessProbe/httpGet/path', '/v2/health/ready'),
    EU,
  ],
  'runtime-port-other': ['A server of models answers at another port.', set(SKLEARN, '/spec/containers/0/args/2', '--http_port=8081'), EU],
  'runtime-image-latest': [
    'A server of models is whatever is latest.',
    set(SKLEARN, '/spec/containers/0/image', 'docker.io/kserve/sklearnserver:latest'),
    EU,
  ],
  'model-cut-off': [
    'Requests to a model may take longer than its pods have to stop.',
    set('InferenceService/ml/intent-classifier', '/spec/predictor/timeout', 600),
    EU,
  ],
  'model-grace-missing': [
    'A model’s pods have less time to stop than its requests.',
    drop('InferenceService/ml/intent-classifier', '/spec/predictor/terminationGracePeriodSeconds'),
    EU,
  ],
  'redis-keeps-on-scratch': [
    'Redis keeps its data on a volume that goes with the pod.',
    all(drop(CACHE, '/spec/volumeClaimTemplates'), set(CACHE, `${POD}/volumes/-`, { name: 'data', emptyDir: { sizeLimit: '1Gi' } })),
  ],
  'mongodb-role-misspelt': [
    'A user gets a role that MongoDB does not have.',
    replace('Job/gpt/mongodb-set-up', `${FIRST}/env/name=USERS/value`, '"readWrite"', '"readwrite"'),
    EU,
  ],
  'mongodb-over-tls': ['A client speaks TLS to members without it.', replace(CHAT, URL, 'w=majority', 'w=majority&tls=true'), EU],
  'database-recovers-from-nothing': [
    'A database is recovered from a cluster that nobody names.',
    set(DATABASE, '/spec/bootstrap', { recovery: { source: 'old' } }),
  ],
  'database-writes-too-far-ahead': [
    'A database writes more ahead than its volume holds.',
    set(DATABASE, '/spec/postgresql/parameters/max_wal_size', '200GB'),
  ],
  'database-log-volume-small': [
    'The volume of the write-ahead log is full at once.',
    set(DATABASE, '/spec/walStorage', { size: '1Gi', storageClass: 'data-block' }),
  ],
  'database-parameter-word': [
    'A parameter is a word and not a number.',
    set(DATABASE, '/spec/postgresql/parameters/max_connections', 'many'),
  ],
  'database-never-cleaned': ['Nobody cleans the tables of a database.', set(DATABASE, '/spec/postgresql/parameters/autovacuum', 'off')],
  'database-open': ['A database asks nobody for a password.', set(DATABASE, '/spec/postgresql/pg_hba', ['host all all 0.0.0.0/0 trust'])],
  'database-without-figures': ['A database exports no figures.', set(DATABASE, '/spec/monitoring', { disableDefaultQueries: true })],
  'database-choice-misspelt': [
    'A parameter has a value that it cannot have.',
    set(DATABASE, '/spec/postgresql/parameters/synchronous_commit', 'of'),
  ],
  'database-fenced': ['PostgreSQL is stopped in all instances.', set(DATABASE, '/metadata/annotations/cnpg.io~1fencedInstances', '["*"]')],
  'database-archives-nothing': [
    'A database skips its archive.',
    set(DATABASE, '/metadata/annotations/cnpg.io~1skipWalArchiving', 'enabled'),
  ],
  'redis-claim-small': [
    'A Redis may hold more than its volume.',
    set(CACHE, '/spec/volumeClaimTemplates/0/spec/resources/requests/storage', '100Mi'),
  ],
  'redis-password-written': [
    'A password of Redis is written down.',
    replace(REDIS, '/data/redis.conf', 'dir /data', 'requirepass changeme\ndir /data'),
  ],
  'store-listens-elsewhere': [
    'The local store listens on another port.',
    set('Deployment/ml/minio', `${FIRST}/args/2`, '--address=:9001'),
    'dev/local',
  ],
  'store-keeps-elsewhere': [
    'The local store keeps models where nothing is mounted.',
    set('Deployment/ml/minio', `${FIRST}/args/1`, '/storage'),
    'dev/local',
  ],
});

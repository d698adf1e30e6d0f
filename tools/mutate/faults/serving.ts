import { drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { CONFIG_FILE as CONFIG, ENGINE, FIRST, GATEWAY_CONFIG as GATEWAY_FILE } from './objects';

const KIVA = 'prod/germanywestcentral';
const EU = 'prod/eu-west-1';

export const serving = chapter('What serving rests on', {
  'cache-refuses-writes': [
    'A cache that is full refuses what LiteLLM and rate limits write.',
    replace('ConfigMap/litellm/redis-config', '/data/redis.conf', 'allkeys-lru', 'noeviction'),
  ],
  'rate-limit-writes-to-follower': [
    'A rate limit counts on a pod of the cache that follows another.',
    replace('KongPlugin/litellm/litellm-api-rate-limit', '/config/redis/host', 'redis-0.', 'redis-1.'),
  ],
  'load-outlasts-patience': [
    'The load test asks for answers that are longer than it waits for.',
    replace('ConfigMap/llm/flagger-loadtester-payload', '/data/load.json', '"max_tokens":32', '"max_tokens":4000'),
  ],
  'chat-model-renamed': [
    'The gateway renames a model, and the chat service does not.',
    replace(GATEWAY_FILE, CONFIG, 'model_name: llama-2-70b-chat', 'model_name: llama2-70b'),
    EU,
  ],
  'model-store-too-small': [
    'A model does not fit its store.',
    set('PersistentVolumeClaim/llm/model-store', '/spec/resources/requests/storage', '10Gi'),
    KIVA,
  ],
  'gateway-key-of-others': [
    'A gateway without a database has another key than its clients send.',
    set('Deployment/codelab/llm-proxy', `${FIRST}/env/name=LITELLM_MASTER_KEY/valueFrom/secretKeyRef/key`, 'internal-api-key'),
    EU,
  ],
  'database-password-not-followed': [
    'Nobody tells PostgreSQL that a password is renewed.',
    drop('ExternalSecret/litellm/postgresql-litellm', '/spec/target/template/metadata/labels'),
  ],
  'scheduler-takes-a-name': [
    'A second scheduler takes the name of the cluster’s.',
    replace('ConfigMap/kube-system/gpu-scheduler', CONFIG, '- schedulerName: gpu-scheduler', '- schedulerName: default-scheduler'),
  ],
  'scheduler-weighs-nothing': [
    'A scheduler fills nodes by a resource that no pod asks for.',
    replace('ConfigMap/kube-system/gpu-scheduler', CONFIG, 'name: nvidia.com/gpu\n', 'name: nvidia.com/gpus\n'),
  ],
  'pods-name-no-scheduler': ['Nobody names the scheduler that packs GPUs.', drop(ENGINE, '/spec/template/spec/schedulerName')],
  'engine-may-be-moved': [
    'An autoscaler may move engines in the middle of their answers.',
    set(ENGINE, '/spec/template/metadata/annotations/cluster-autoscaler.kubernetes.io~1safe-to-evict', 'true'),
  ],
  'device-plugin-nowhere': [
    'The device plugin selects nodes that there are not.',
    set('DaemonSet/kube-system/nvidia-device-plugin-daemonset', '/spec/template/spec/nodeSelector', { 'nvidia.com/gpu.present': 'true' }),
  ],
  'shares-of-another-protocol': [
    'Shares are mounted with options of NFS, and speak SMB.',
    drop('StorageClass/model-shared', '/parameters/protocol'),
    KIVA,
  ],
  'volume-beyond-its-cloud': [
    'A claim is larger than any volume of its cloud.',
    set('PersistentVolumeClaim/kiva/open-webui-files', '/spec/resources/requests/storage', '500Ti'),
    KIVA,
  ],
  'cache-address-is-database': [
    'A client of a cache reads the address of the database.',
    set('Deployment/codelab/agent-runtime', `${FIRST}/env/name=REDIS_URL/valueFrom/secretKeyRef`, {
      name: 'postgres-secret',
      key: 'connection-string',
    }),
    EU,
  ],
  'members-admit-few': [
    'Members of a replica set admit fewer connections than their clients pool.',
    set('StatefulSet/gpt/mongodb', `${FIRST}/env/name=MAX_CONNECTIONS/value`, '20'),
    EU,
  ],
});

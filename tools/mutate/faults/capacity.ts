import { all, drop, remove, replace, set } from '../edits';
import { chapter } from '../fault';
import {
  CACHE,
  CANARY,
  CONFIG_FILE,
  DATABASE,
  ENGINE,
  ENGINE_CONFIG,
  ENGINE_SCALER,
  FIRST,
  GATEWAY,
  GATEWAY_CONFIG,
  GATEWAY_SCALER,
  LOAD_TESTER,
  MIGRATION,
  POD,
} from './objects';

const R = `${FIRST}/resources`;
const GPU = 'nvidia.com~1gpu';
const QUOTA = 'ResourceQuota/llm/quota';

export const capacity = chapter('Resources and capacity', {
  'memory-limit-missing': ['A container has no memory limit.', drop(GATEWAY, `${R}/limits/memory`)],
  'requests-missing': ['A container requests nothing.', drop(GATEWAY, `${R}/requests`)],
  'resources-missing': ['A container has no resources.', drop(LOAD_TESTER, R)],
  'resources-missing-init': ['An init container has no resources.', drop(MIGRATION, `${POD}/initContainers/0/resources`)],
  'request-above-limit': ['A container requests more than it may use.', set(GATEWAY, `${R}/requests/memory`, '8Gi')],
  'cpu-request-above-limit': ['A container requests more CPU than it may use.', set(GATEWAY, `${R}/requests/cpu`, '4')],
  'gpu-request-not-limit': ['A container requests another number of GPUs than it is limited to.', set(ENGINE, `${R}/requests/${GPU}`, '1')],
  'gpu-request-alone': ['A container requests GPUs without a limit, which Kubernetes refuses.', drop(ENGINE, `${R}/limits/${GPU}`)],
  'gpu-fraction': [
    'A container wants half a GPU.',
    all(set(ENGINE, `${R}/limits/${GPU}`, '500m'), set(ENGINE, `${R}/requests/${GPU}`, '500m')),
  ],
  'gpu-fewer-than-shards': [
    'The engine shards its model over more GPUs than it has.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'tensor-parallel-size: 2', 'tensor-parallel-size: 4'),
  ],
  'gpu-more-than-shards': [
    'The engine holds more GPUs than it uses.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'tensor-parallel-size: 2', 'tensor-parallel-size: 1'),
  ],
  'gpu-missing': ['The engine has no GPU.', all(drop(ENGINE, `${R}/limits/${GPU}`), drop(ENGINE, `${R}/requests/${GPU}`))],
  'gpu-memory-burst': ['A pod with GPUs may use more memory than it requests.', set(ENGINE, `${R}/requests/memory`, '16Gi')],
  'memory-below-shared-memory': [
    'A container has less memory than its shared memory may take.',
    all(set(ENGINE, `${R}/limits/memory`, '8Gi'), set(ENGINE, `${R}/requests/memory`, '8Gi')),
  ],
  'quantity-malformed': ['A quantity has a unit that Kubernetes does not know.', set(GATEWAY, `${R}/limits/memory`, '4GB')],
  'quantity-unit-missing': ['A memory limit of four bytes.', set(GATEWAY, `${R}/limits/memory`, '4')],
  'quantity-millibytes': ['A memory limit in thousandths of a byte.', set(GATEWAY, `${R}/limits/memory`, '4096m')],
  'gpu-utilization-above-one': [
    'The engine takes more than all of a GPU’s memory.',
    replace(ENGINE_CONFIG, CONFIG_FILE, 'gpu-memory-utilization: 0.9', 'gpu-memory-utilization: 90'),
  ],
  'quota-missing': ['A namespace has no quota.', remove(QUOTA)],
  'quota-gpus-unbounded': ['A quota says nothing of GPUs.', drop(QUOTA, '/spec/hard/requests.nvidia.com~1gpu')],
  'limit-range-missing': ['A namespace has no defaults for containers.', remove('LimitRange/llm/limits')],
  'default-requests-missing': [
    'The defaults of a namespace leave out requests.',
    drop('LimitRange/llm/limits', '/spec/limits/0/defaultRequest'),
  ],
  'quota-gpus-small': ['A quota holds fewer GPUs than run.', set(QUOTA, `/spec/hard/requests.nvidia.com~1gpu`, '8')],
  'quota-memory-small': ['A quota holds less memory than runs.', set(QUOTA, '/spec/hard/requests.memory', '100Gi')],
  'quota-cpu-small': ['A quota holds less CPU than runs.', set(QUOTA, '/spec/hard/requests.cpu', '8')],
  'quota-pods-small': ['A quota holds fewer pods than run.', set(QUOTA, '/spec/hard/pods', '5')],
  'quota-of-gateway-small': [
    'A quota leaves no room for the autoscaler’s maximum.',
    set('ResourceQuota/litellm/quota', '/spec/hard/requests.cpu', '3'),
  ],
  'limit-range-below-container': [
    'A namespace admits no container as large as the engine.',
    set('LimitRange/llm/limits', '/spec/limits/0/max/memory', '16Gi'),
  ],
  'limit-range-inverted': [
    'A namespace’s default request is above its default limit.',
    set('LimitRange/llm/limits', '/spec/limits/0/defaultRequest/memory', '8Gi'),
  ],
  'pool-overcommitted': [
    'Primary and canary at their maximum need more GPUs than the pool has.',
    all(
      set(CANARY, '/spec/autoscalerRef/primaryScalerReplicas/maxReplicas', 60),
      set(QUOTA, `/spec/hard/requests.nvidia.com~1gpu`, '400'),
      set(QUOTA, '/spec/hard/pods', '400'),
      set(QUOTA, '/spec/hard/requests.memory', '8000Gi'),
      set(QUOTA, '/spec/hard/requests.cpu', '4000'),
    ),
  ],
  'canary-overcommits-pool': [
    'The canary may grow to more GPUs than the pool has left.',
    all(
      set(ENGINE_SCALER, '/spec/maxReplicas', 40),
      set(QUOTA, `/spec/hard/requests.nvidia.com~1gpu`, '400'),
      set(QUOTA, '/spec/hard/pods', '400'),
      set(QUOTA, '/spec/hard/requests.memory', '8000Gi'),
      set(QUOTA, '/spec/hard/requests.cpu', '4000'),
    ),
  ],
  'pod-larger-than-node': [
    'A pod needs more memory than a node has.',
    all(set(ENGINE, `${R}/limits/memory`, '4000Gi'), set(ENGINE, `${R}/requests/memory`, '4000Gi')),
  ],
  'pod-cpu-larger-than-node': [
    'A pod needs more CPU than a node has.',
    all(set(GATEWAY, `${R}/limits/cpu`, '400'), set(GATEWAY, `${R}/requests/cpu`, '400')),
  ],
  'pod-gpus-larger-than-node': [
    'A pod needs more GPUs than a node has.',
    all(set(ENGINE, `${R}/limits/${GPU}`, '16'), set(ENGINE, `${R}/requests/${GPU}`, '16')),
  ],
  'node-selector-misspelt': ['A pod wants a node label that no pool carries.', set(ENGINE, `${POD}/nodeSelector/node-type`, 'gpus')],
  'toleration-dropped': ['A pod does not tolerate the taint of its pool.', drop(ENGINE, `${POD}/tolerations`)],
  'toleration-misspelt': ['A pod tolerates another taint than its pool has.', set(ENGINE, `${POD}/tolerations/0/key`, 'nvidia.com/gpus')],
  'surge-without-gpus': [
    'A rollout of the engine wants to double its GPUs.',
    set(ENGINE, '/spec/strategy/rollingUpdate', { maxSurge: '100%', maxUnavailable: 0 }),
  ],
  'rollout-of-nothing': [
    'A rollout may neither add nor take a pod.',
    set(ENGINE, '/spec/strategy/rollingUpdate', { maxSurge: 0, maxUnavailable: 0 }),
  ],
  'rollout-of-everything': ['A rollout takes all pods at once.', set(GATEWAY, '/spec/strategy/rollingUpdate/maxUnavailable', '100%')],
  'budget-never': [
    'A disruption budget never allows an eviction, so that nodes cannot be drained.',
    set('PodDisruptionBudget/litellm/litellm', '/spec/maxUnavailable', 0),
  ],
  'budget-all': [
    'A disruption budget wants all pods, so that nodes cannot be drained.',
    set('PodDisruptionBudget/litellm/litellm', '/spec', {
      minAvailable: '100%',
      selector: { matchLabels: { 'slipway.dev/workload': 'litellm' } },
    }),
  ],
  'budget-above-replicas': [
    'A disruption budget wants as many pods as there may be.',
    set('PodDisruptionBudget/litellm/redis', '/spec', { minAvailable: 3, selector: { matchLabels: { 'slipway.dev/workload': 'redis' } } }),
  ],
  'budget-both': [
    'A disruption budget says both how many must and how many may not run.',
    set('PodDisruptionBudget/litellm/litellm', '/spec/minAvailable', 1),
  ],
  'budget-useless': [
    'A disruption budget lets all pods go at once.',
    set('PodDisruptionBudget/litellm/litellm', '/spec/maxUnavailable', '100%'),
  ],
  'spread-unsatisfiable': [
    'Replicas must spread over a label that no node carries.',
    set(ENGINE, `${POD}/topologySpreadConstraints/0`, {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/rack',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'slipway.dev/workload': 'llm-service' } },
    }),
  ],
  'spread-skew-zero': [
    'A spread constraint allows a skew of zero, which Kubernetes refuses.',
    set(GATEWAY, `${POD}/topologySpreadConstraints/0/maxSkew`, 0),
  ],
  'database-connections-few': [
    'The database admits fewer connections than LiteLLM’s replicas open.',
    set(DATABASE, '/spec/postgresql/parameters/max_connections', '50'),
  ],
  'database-role-limit-low': [
    'The database’s user may open fewer connections than LiteLLM’s replicas do.',
    set(DATABASE, '/spec/managed/roles/0/connectionLimit', 20),
  ],
  'database-pool-large': [
    'LiteLLM’s replicas open more connections than the database admits.',
    replace(GATEWAY_CONFIG, CONFIG_FILE, 'database_connection_pool_limit: 10', 'database_connection_pool_limit: 100'),
  ],
  'scaler-max-above-connections': [
    'The autoscaler’s maximum opens more connections than the database admits.',
    set(GATEWAY_SCALER, '/spec/maxReplicas', 40),
  ],
  'database-buffers-above-memory': [
    'The database’s buffers are larger than its memory.',
    set(DATABASE, '/spec/postgresql/parameters/shared_buffers', '8GB'),
  ],
  'cache-above-memory': ['Redis may hold more than its container’s memory.', set(CACHE, `${FIRST}/env/name=MAX_MEMORY/value`, '2gb')],
  'config-map-too-large': [
    'A ConfigMap is larger than what the API server takes.',
    set('ConfigMap/llm/flagger-loadtester-payload', '/data/large.json', '[0]\n'.repeat(300_000)),
  ],
  'annotations-too-large': [
    'Annotations are larger than what the API server takes.',
    set(ENGINE, '/metadata/annotations/slipway.dev~1fit', 'word '.repeat(60_000)),
  ],
  'priority-class-misspelt': [
    'A pod names a priority class that does not exist.',
    set(ENGINE, `${POD}/priorityClassName`, 'gpu-inferences'),
  ],
  'priority-class-removed': ['A priority class that pods name is gone.', remove('PriorityClass/platform-critical')],
  'workers-multiply-connections': [
    'A chat runs four processes, each with connections of its own.',
    set('Deployment/kiva/open-webui-backend-kiva', `${FIRST}/env/name=UVICORN_WORKERS/value`, '4'),
    'prod/germanywestcentral',
  ],
});

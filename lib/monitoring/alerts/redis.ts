import type { Alert } from '../../observability/alert-rules';

const WHERE = '{{ $labels.namespace }}/{{ $labels.pod }}';

/** Share of its memory from which on Redis soon throws keys away. */
export const MEMORY_LIMIT = 0.9;

/** What the exporter beside each Redis tells. */
export const redis: readonly Alert[] = [
  {
    name: 'RedisDown',
    expr: [
      'min by (namespace, pod) (redis_up) == 0',
      'or (count by (namespace, pod) (last_over_time(redis_up[15m])) unless count by (namespace, pod) (redis_up))',
    ].join('\n'),
    ...{ for: '5m', severity: 'page' },
    summary: `Redis ${WHERE} does not answer`,
    description: 'Without the first of the pods, limits of requests are not counted and sessions are lost; the others are copies.',
  },
  {
    name: 'RedisMemoryFull',
    expr: [
      'max by (namespace, pod) (redis_memory_used_bytes)',
      `/ (max by (namespace, pod) (redis_memory_max_bytes) > 0) > ${MEMORY_LIMIT}`,
    ].join('\n'),
    ...{ for: '15m', severity: 'ticket' },
    summary: `Redis ${WHERE} uses nearly all of its memory`,
    description: 'It soon forgets keys that nobody has asked for, or refuses to write.',
  },
  {
    name: 'RedisEvicts',
    expr: 'sum by (namespace, pod) (rate(redis_evicted_keys_total[10m])) > 1',
    ...{ for: '15m', severity: 'ticket' },
    summary: `Redis ${WHERE} throws keys away to make room`,
    description: 'Counters and sessions disappear before their time: limits are not kept, and people are signed out.',
  },
  {
    name: 'RedisReplicationBroken',
    expr: 'min by (namespace, pod) (redis_master_link_up) == 0',
    ...{ for: '10m', severity: 'ticket' },
    summary: `Redis ${WHERE} has lost its master`,
    description: 'The copy grows old. If the volume of the master is lost now, so is what was written since.',
  },
];

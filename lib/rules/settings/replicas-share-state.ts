import { records } from '../fields';
import { key, kindOf } from '../object-key';
import type { Rule } from '../rule';

/** Settings by which a program keeps for itself what its replicas must share: variable, value, and what it keeps. */
const OWN: readonly (readonly [name: string, value: RegExp, what: string])[] = [
  ['WEBSOCKET_MANAGER', /^(?:local|)$/, 'open connections'],
  ['DATABASE_URL', /^sqlite:/, 'its database'],
  ['VECTOR_DB', /^chroma$/, 'what it has learned of files'],
  ['SESSION_BACKEND', /^(?:memory|file)$/, 'sessions'],
];

export const replicasShareState: Rule = {
  id: 'replicas-share-state',
  title: 'A program of several pods keeps what they must share outside of them.',
  why: 'Each request may reach another pod: what one pod keeps in its own memory the others do not know, so that users are logged out or see half of their answers.',
  fix: 'Keep it in Redis or in the database, as KivaChart of lib/kiva/kiva-chart.ts does, or run one replica.',
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      const { object, namespace } = workload;
      const most = target.scales.get(key(kindOf(object), namespace, object.metadata.name))?.max ?? 1;
      if (most <= 1) continue;
      for (const [i, { name, value }] of records(spec.env).entries()) {
        const own = OWN.find(([variable, shape]) => variable === name && typeof value === 'string' && shape.test(value));
        if (own === undefined) continue;
        yield {
          object,
          field: `${field}/env/${i}/value`,
          message: `is "${value}": each of up to ${most} pods keeps ${own[2]} for itself (${name})`,
        };
      }
    }
  },
};

import { record, records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';

/** Redis writes kb, mb, gb for powers of 1024, PostgreSQL kB, MB, GB. */
const SIZE = /^(\d+)(kb|mb|gb|tb)$/i;
const FACTORS: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };

/** Largest share of a container's memory that a cache may fill: connections, copies for a snapshot and the program need the rest. */
const SHARE = 0.75;

export const memoryHoldsSettings: Rule = {
  id: 'memory-holds-settings',
  title: 'What a cache or a database is told to keep in memory leaves a quarter of its container to the program.',
  why: 'A program that fills the memory of its container is killed under load, and loses what it held.',
  fix: 'Derive the setting from the memory of the container, as RedisCache (lib/data/redis.ts), PostgresCluster (lib/data/postgres.ts) and MongoDatabase (lib/data/mongo.ts) do.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      const limit = quantity(spec.resources?.limits?.memory);
      for (const [i, { name, value }] of records(spec.env).entries()) {
        const bytes = name === 'MAX_MEMORY' ? bytesOf(value) : name === 'CACHE_GB' ? Number(value) * 2 ** 30 : Number.NaN;
        if (!(bytes > SHARE * limit)) continue;
        const message = `is ${value}, more than three quarters of the ${spec.resources.limits.memory} of the container`;
        yield { object: workload.object, field: `${field}/env/${i}/value`, message };
      }
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      const memory = object.spec?.resources?.limits?.memory;
      const buffers = record(object.spec?.postgresql?.parameters).shared_buffers;
      if (!(bytesOf(buffers) > SHARE * quantity(memory))) continue;
      const message = `is ${buffers}, more than three quarters of the ${memory} of an instance`;
      yield { object, field: '/spec/postgresql/parameters/shared_buffers', message };
    }
  },
};

function bytesOf(text: unknown): number {
  const [, digits, unit = ''] = SIZE.exec(String(text)) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * (FACTORS[unit.toLowerCase()] ?? Number.NaN);
}

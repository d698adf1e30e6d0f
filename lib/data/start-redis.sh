#!/bin/sh
# The first pod is the master, the others follow it. A restarted master comes back with its own data.
set -eu

if [ "${HOSTNAME##*-}" = 0 ]; then
  exec redis-server /etc/redis/redis.conf --maxmemory "$MAX_MEMORY"
fi
exec redis-server /etc/redis/redis.conf --maxmemory "$MAX_MEMORY" --replicaof "$MASTER_HOST" 6379

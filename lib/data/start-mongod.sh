#!/bin/sh
# mongod refuses a key that others than its owner may read; a mounted Secret belongs to root, and is read by the group.
set -eu
(umask 077 && printf '%s\n' "$MEMBER_KEY" > /run/mongodb/keyfile)
unset MEMBER_KEY
exec mongod --config /etc/mongodb/mongod.yaml --wiredTigerCacheSizeGB "$CACHE_GB" --maxConns "$MAX_CONNECTIONS"

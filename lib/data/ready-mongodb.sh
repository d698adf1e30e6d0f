#!/bin/sh
# Ready is who leads or follows, and who says that there is no replica set yet. A member in between would be counted as one that may serve while
# the next one is replaced. All of that is said without a password.
set -eu
# The shell leaves a log of each run in its home; the next run takes it away.
export HOME=/tmp/ready
rm -rf "$HOME"
exec mongosh --quiet --norc --eval 'const { isWritablePrimary, secondary, isreplicaset } = db.hello(); quit(isWritablePrimary || secondary || isreplicaset ? 0 : 1)'

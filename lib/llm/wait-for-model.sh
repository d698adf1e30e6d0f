#!/bin/sh
# Waits until the prefetch Job has verified the revision that this server was told to serve.
set -eu

marker="$MODELS/$MODEL_FOLDER/.verified"
until [ -s "$marker" ] && { [ -z "$MODEL_MARK" ] || [ "$(cat "$marker")" = "$MODEL_MARK" ]; }; do
  echo "waiting for $MODEL_FOLDER"
  sleep 10
done

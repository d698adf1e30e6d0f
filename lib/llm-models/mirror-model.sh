#!/bin/sh
# Copies what a bucket has of a revision; the next step completes it from the hub, where there is one, and verifies it.
set -eu

if [ -s "$MODELS/$MODEL_FOLDER/.verified" ]; then
  exit 0
fi
mkdir -p "$MODELS/.incoming/$MODEL_FOLDER"
aws s3 sync --only-show-errors "s3://$MODEL_BUCKET/$MODEL_PREFIX" "$MODELS/.incoming/$MODEL_FOLDER" \
  || echo "the bucket $MODEL_BUCKET could not be read" >&2

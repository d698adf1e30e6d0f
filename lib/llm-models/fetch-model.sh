#!/bin/sh
# Brings one revision of a model into the shared claim. A revision's folder appears under its final name
# only when all of it is there and its checksum is the pinned one, so whoever finds the marker may serve.
set -eu

target="$MODELS/$MODEL_FOLDER"
incoming="$MODELS/.incoming/$MODEL_FOLDER"

if [ -s "$target/.verified" ] && { [ -z "$MODEL_MARK" ] || [ "$(cat "$target/.verified")" = "$MODEL_MARK" ]; }; then
  echo "$MODEL_FOLDER is there and verified"
  exit 0
fi

mkdir -p "$incoming"
if [ -n "$MODEL_REPOSITORY" ]; then
  # What a bucket has left in the folder is compared with the hub by checksum, and only what differs is fetched.
  hf download "$MODEL_REPOSITORY" ${MODEL_REVISION:+--revision "$MODEL_REVISION"} --local-dir "$incoming" \
    --exclude 'original/*' '*.bin' '*.pth' '*.gguf'
  rm -rf "$incoming/.cache"
fi

cd "$incoming"
if [ -z "$(ls)" ]; then
  echo "$MODEL_FOLDER is neither in the bucket nor on the hub" >&2
  exit 1
fi
found=sha256:$(find . -type f ! -name .verified -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
if [ -n "$MODEL_MARK" ] && [ "$found" != "$MODEL_MARK" ]; then
  echo "$MODEL_FOLDER has checksum $found, and $MODEL_MARK is pinned: its files are removed" >&2
  cd / && rm -rf "$incoming"
  exit 1
fi

printf '%s' "$found" > .verified
mkdir -p "$(dirname "$target")"
rm -rf "$target"
mv "$incoming" "$target"
echo "$MODEL_FOLDER is verified: $found"

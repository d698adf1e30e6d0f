#!/bin/sh
# Pulls models into the shared claim with a server of its own, so that the one that serves needs neither the network nor a writable claim.
# Each is `<name that clients ask for>=<name in the library>`.
set -eu

ollama serve &
until ollama list > /dev/null 2>&1; do sleep 1; done

for model in $OLLAMA_PULL; do
  ollama pull "${model#*=}"
  ollama cp "${model#*=}" "${model%%=*}"
done
echo "$OLLAMA_PULL" > "$OLLAMA_MODELS/.verified"

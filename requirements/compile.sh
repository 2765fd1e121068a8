#!/bin/sh
# Pins every dependency with its hashes: sh requirements/compile.sh  (needs `uv`).
set -eu
cd "$(dirname "$0")"
for name in base build dev node vectors bench-coverage; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
    "$name.in" --output-file "$name.txt" "$@"
done

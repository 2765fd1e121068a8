#!/bin/sh
# Everything a machine can say of the code without running it. All of it is said, then the verdict.
set -u
. "$(dirname "$0")/scratch.sh"
failed=""

check() {
  name=$1
  shift
  if output=$("$@" 2>&1); then
    echo "ok      $name"
  else
    printf '%s\n' "$output"
    echo "FAILED  $name"
    failed="$failed $name"
  fi
}

check format ruff format --check .
check lint ruff check .
check types mypy
check layers lint-imports
check typescript sh -c 'cd frontend && node_modules/.bin/tsc --noEmit'
check migrations fabrique makemigrations --check --dry-run
check settings fabrique check
check translations python tools/messages.py check

[ -z "$failed" ] || {
  echo "make check:$failed" >&2
  exit 1
}

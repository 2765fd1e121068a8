#!/bin/sh
# Makes the virtual environment $1 with the newest Python ≥ 3.11 at hand.
set -eu
. "$(dirname "$0")/apt.sh"
venv=$1

find_python() {
  for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

# A virtual environment active in this shell must not be the parent of another.
PATH=$(printf %s "$PATH" | sed "s#$PWD/$venv/bin:##")
python=$(find_python)
if [ -z "$python" ]; then
  install_packages python3 python3-venv
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "Il faut Python 3.11 ou plus récent (ici : $(python3 --version 2>&1 || echo aucun))." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  install_packages "python$version-venv"
fi
"$python" -m venv "$venv" || {
  rm -rf "$venv"
  exit 1
}

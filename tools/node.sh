#!/bin/sh
# Node ≥ 20 with npm: the system's if it will do, else from PyPI into the virtual environment $1.
set -eu
venv=$1
if command -v npm >/dev/null &&
  node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; then
  exit 0
fi
echo "Node : depuis PyPI…"
"$venv/bin/python" -m pip install --quiet --progress-bar off --require-hashes \
  -r requirements/node.txt

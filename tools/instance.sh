#!/bin/sh
# Brings the instance of FABRIQUE_HOME up to date: tables, territories, and, when it holds no
# programme yet, the demonstration.
set -eu
fabrique migrate --verbosity 0
fabrique load_territories --verbosity 0
fabrique demo --if-empty --verbosity 0

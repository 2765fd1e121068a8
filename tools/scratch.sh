# Sourced: an instance folder of our own, so that no check touches anyone's data.
FABRIQUE_HOME=$(mktemp -d)
export FABRIQUE_HOME
unset DATABASE_URL
trap 'rm -rf "$FABRIQUE_HOME"' EXIT

# Sourced: install Debian packages where allowed to, else say exactly what to type.

install_packages() {
  if [ "$(id -u)" = 0 ]; then
    as_root=""
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root="sudo"
  else
    as_root="none"
  fi
  if ! command -v apt-get >/dev/null || [ "$as_root" = none ]; then
    echo "Il manque des paquets du système. Installez-les puis relancez :" >&2
    echo "  sudo apt-get install --no-install-recommends $*" >&2
    return 1
  fi
  echo "Système : $*…"
  log=$(mktemp)
  if ! {
    $as_root apt-get update -qq &&
      $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@"
  } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    echo "L'installation de ces paquets a échoué : $*" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

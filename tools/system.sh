#!/bin/sh
# The programs the tests drive, by the Debian packages that bring them.
set -eu
. "$(dirname "$0")/apt.sh"
missing=""
need() { missing="$missing $1"; }

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || need postgresql
command -v xgettext >/dev/null || need gettext
command -v pdftotext >/dev/null || need poppler-utils
command -v soffice >/dev/null || need libreoffice-writer-nogui
command -v setpriv >/dev/null || need util-linux
# Ubuntu's chromium is a snap: there, Playwright's own is used (see tests/harness/browser.py).
if grep -qs '^ID=debian' /etc/os-release; then
  command -v chromium-headless-shell >/dev/null || need chromium-headless-shell
fi
[ -z "$missing" ] || install_packages $missing

#!/bin/sh
# Makes sure that the tests of slides have LibreOffice and pdftoppm: the system's, else installed through apt-get. Says what is missing if it cannot.
set -eu

found() {
    command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing LibreOffice for the tests of slides ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends libreoffice-impress poppler-utils >/dev/null || true
fi
found && exit 0
printf '%s\n' "LibreOffice or pdftoppm is missing; the tests of slides need both." \
    "Install them, for instance: sudo apt-get install libreoffice-impress poppler-utils" >&2
exit 1

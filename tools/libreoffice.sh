#!/bin/sh
# Makes sure that the tests of slides and spreadsheets have LibreOffice (Impress and Calc) and pdftoppm: the system's, else installed
# through apt-get. Says what is missing if it cannot.
set -eu

found() {
    command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 &&
        [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ]  # Calc
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing LibreOffice for the tests of slides and spreadsheets ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends libreoffice-impress libreoffice-calc poppler-utils >/dev/null || true
fi
found && exit 0
printf '%s\n' "LibreOffice (Impress, Calc) or pdftoppm is missing; the tests of slides and spreadsheets need them." \
    "Install them, for instance: sudo apt-get install libreoffice-impress libreoffice-calc poppler-utils" >&2
exit 1

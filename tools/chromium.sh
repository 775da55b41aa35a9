#!/bin/sh
# Makes sure that the browser tests have a Chromium: the system's, else installed through apt-get. Says what is missing if it cannot.
set -eu

found() {
    [ -x "${CHROMIUM:-}" ] && return
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null || true
fi
found && exit 0
printf '%s\n' "Chromium is missing; the browser tests need it." \
    "Install it, for instance: sudo apt-get install chromium, or give its path: CHROMIUM=/path/to/chrome make test" >&2
exit 1

#!/bin/sh
# Makes sure that the browser tests have a Chromium and that Playwright's driver, which drives it, answers: the system's, else installed
# through apt-get. Says what is missing if it cannot.
set -eu
cd "$(dirname "$0")/.."

has_chromium() {
    [ -x "${CHROMIUM:-}" ] && return
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

# The driver is a Node.js of its own in the package; it wants libatomic1, which Chromium does not bring.
try_driver() {
    .venv/bin/python -m playwright --version
}

missing=$(has_chromium || echo chromium; try_driver >/dev/null 2>&1 || echo libatomic1)
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the browser tests:" $missing "..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null || true
fi
has_chromium || {
    printf '%s\n' "Chromium is missing; the browser tests need it." \
        "Install it, for instance: sudo apt-get install chromium, or give its path: CHROMIUM=/path/to/chrome make test" >&2
    exit 1
}
answer=$(try_driver 2>&1) || {
    printf '%s\n' "Playwright's driver does not answer; the browser tests need it. It says:" "$answer" \
        "Install what it lacks, for instance: sudo apt-get install libatomic1" >&2
    exit 1
}

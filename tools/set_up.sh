#!/bin/sh
# Makes .venv and installs the given requirements file into it, unless exactly that was done before. Says what is missing if it cannot.
# Usage: sh tools/set_up.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."
wanted=$1

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

newest_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(newest_python)
    found=$(command -v python3 >/dev/null 2>&1 && python3 --version 2>&1 || echo "no python3")
    [ -n "$python" ] || stop "Python 3.11 or newer is missing (found: $found)." \
        "Install it, for instance: apt-get install python3 python3-venv, and try again."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop "Python's venv module is missing." \
        "Install it, for instance: apt-get install python3-venv, and try again."
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
fi

# Changes when the Python or any list of packages changes.
stamp=.venv/.installed-$(echo "$wanted" | tr / -)
state=$(.venv/bin/python --version; cat requirements*.txt constraints.txt "$wanted" | cksum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$state" ]; then
    echo "Installing the packages of $wanted (a few minutes the first time) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$wanted" -c constraints.txt || stop \
        "The packages of $wanted could not be installed; the reason stands above." "Without a connection to a package index this step cannot work."
    printf '%s\n' "$state" >"$stamp"
fi

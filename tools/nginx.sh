#!/bin/sh
# Makes sure that the test of several servers has nginx: the system's, else installed through apt-get. Says what is missing if it cannot.
set -eu

found() {
    PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx >/dev/null 2>&1
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing nginx for the test of several servers ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nginx-light >/dev/null || true
fi
found && exit 0
printf '%s\n' "nginx is missing; the test of several servers needs it." "Install it, for instance: sudo apt-get install nginx-light" >&2
exit 1

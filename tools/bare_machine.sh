#!/bin/sh
# Runs `bash .ci/run`, or another command, on a bare Debian 12 with a clone of what is committed here.
# Usage, as root: sh tools/bare_machine.sh [COMMAND ...]; ROOT=/some/folder keeps the system there, and uses it again when it is there.
set -eu
cd "$(dirname "$0")/.."

root=${ROOT:-$(mktemp -d)/system}
[ -n "${ROOT:-}" ] || trap 'rm -rf "$(dirname "$root")"' EXIT
if ! [ -d "$root/project" ]; then
    sh tools/debian.sh "$root"
    git clone --quiet --no-hardlinks . "$root/project"
fi
[ $# -gt 0 ] || set -- bash .ci/run
# What is mounted and what is left running ends with the command.
unshare --mount --pid --fork --kill-child sh -euc '
    root=$1; shift
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true \
        chroot "$root" sh -c "cd /project && exec \"\$@\"" sh "$@" && exit 0 || exit $?
' sh "$root" "$@"

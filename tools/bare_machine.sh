#!/bin/sh
# Runs `bash .ci/run`, or another command, on a bare Debian 12: debootstrap's smallest system and a clone of what is committed here.
# Usage, as root: sh tools/bare_machine.sh [COMMAND ...]; ROOT=/some/folder keeps the system there, and uses it again when it is there.
set -eu
cd "$(dirname "$0")/.."

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || stop "Only root can make a system of its own: sudo sh tools/bare_machine.sh"
for program in debootstrap git unshare; do
    command -v "$program" >/dev/null 2>&1 || stop "$program is missing. Install it, for instance: apt-get install debootstrap git util-linux"
done

# Packages come from where this machine has its own, which may be the only place it reaches.
debian() {
    apt-get indextargets --format "$1" "Created-By: Packages" "Origin: Debian" 2>/dev/null | grep -E "(^| )bookworm" | sort -u || true
}

make_system() {
    mirror=$(debian '$(CODENAME) $(REPO_URI)' | sed -n 's/^bookworm //p' | head -n 1)
    debootstrap --variant=minbase bookworm "$root" $mirror >"$root.log" 2>&1 || stop "debootstrap failed:" "$(tail -n 5 "$root.log")"
    rm "$root.log"
    sources=$(debian 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)')
    [ -z "$sources" ] || printf '%s\n' "$sources" >"$root/etc/apt/sources.list"
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates; do
        [ ! -e "$file" ] || { mkdir -p "$root$(dirname "$file")" && cp -rL "$file" "$root$(dirname "$file")"; }
    done
    git clone --quiet --no-hardlinks . "$root/project"
}

root=${ROOT:-$(mktemp -d)}
[ -n "${ROOT:-}" ] || trap 'rm -rf "$root"' EXIT
[ -d "$root/project" ] || make_system
[ $# -gt 0 ] || set -- bash .ci/run
# What the command mounts and leaves running ends with it.
unshare --mount --pid --fork --kill-child sh -euc '
    root=$1; shift
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true \
        chroot "$root" sh -c "cd /project && exec \"\$@\"" sh "$@" && exit 0 || exit $?
' sh "$root" "$@"

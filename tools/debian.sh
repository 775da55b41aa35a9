#!/bin/sh
# Makes a bare Debian 12 in a folder, with debootstrap: its smallest system and the packages named, from where this machine has its own.
# Usage, as root: sh tools/debian.sh FOLDER [PACKAGE ...]
set -eu
root=$1
shift

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# What apt of this machine knows of Debian 12; nothing on another system.
debian() {
    apt-get indextargets --format "$1" "Created-By: Packages" "Origin: Debian" 2>/dev/null | grep -E "(^| )bookworm" | sort -u || true
}

[ "$(id -u)" = 0 ] || stop "Only root can make a system of its own."
command -v debootstrap >/dev/null 2>&1 || stop "debootstrap is missing. Install it, for instance: apt-get install debootstrap"
mirror=$(debian '$(CODENAME) $(REPO_URI)' | sed -n 's/^bookworm //p' | head -n 1)
included=${*:+--include=$(echo "$@" | tr ' ' ,)}
debootstrap --variant=minbase $included bookworm "$root" $mirror >"$root.log" 2>&1 ||
    stop "debootstrap failed; the end of $root.log:" "$(tail -n 5 "$root.log")"
rm "$root.log"
sources=$(debian 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)')
[ -z "$sources" ] || printf '%s\n' "$sources" >"$root/etc/apt/sources.list"
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates; do
    [ ! -e "$file" ] || { mkdir -p "$root$(dirname "$file")" && cp -rL "$file" "$root$(dirname "$file")"; }
done

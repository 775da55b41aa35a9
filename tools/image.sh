#!/bin/sh
# Builds the image of deploy/Dockerfile with buildah, without an engine, and tries it (tools/try_image.py). Where no registry gives the
# Python image, a Debian with its Python stands in for it.
# Usage, as root, after `make test`: sh tools/image.sh
set -eu
cd "$(dirname "$0")/.."
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs

[ "$(id -u)" = 0 ] && command -v buildah >/dev/null 2>&1 || { echo "Needs root and buildah: apt-get install buildah debootstrap" >&2; exit 1; }
base=$(sed -n 's/^ARG PYTHON_IMAGE=//p' deploy/Dockerfile)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

stand_in() {
    buildah inspect --type image "localhost/$base" >/dev/null 2>&1 && return
    echo "No registry gives $base; a Debian with its Python stands in for it ..."
    sh tools/debian.sh "$room/base" python3 python3-pip ca-certificates
    rm "$room"/base/usr/lib/python3*/EXTERNALLY-MANAGED
    ln -s python3 "$room/base/usr/bin/python"
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$room/base" / >/dev/null
    buildah commit --quiet --rm "$container" "localhost/$base" >/dev/null
}

buildah pull --quiet "$base" >/dev/null 2>&1 || { stand_in; base=localhost/$base; }
buildah bud --quiet --format docker --layers --build-arg PYTHON_IMAGE="$base" -f deploy/Dockerfile -t localhost/dashboard .
unshare --net --pid --mount-proc --fork --kill-child .venv/bin/python tools/try_image.py localhost/dashboard

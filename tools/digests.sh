#!/bin/sh
# Prints the images of deploy/compose.yaml by the digests that their registry gives for their tags today, as lines for deploy/.env.
# Usage: sh tools/digests.sh >> deploy/.env; needs skopeo, or docker with buildx, and a connection.
set -eu
cd "$(dirname "$0")/.."

digest() {
    if command -v skopeo >/dev/null 2>&1; then
        skopeo inspect --no-tags --format '{{.Digest}}' "docker://$1"
    else
        docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$1"
    fi
}

sed -n 's/.*\${\([A-Z]*_IMAGE\):-\([^}]*\)}.*/\1 \2/p' deploy/compose.yaml | while read -r name image; do
    found=$(digest "$image")
    echo "$name=$image@$found"
done

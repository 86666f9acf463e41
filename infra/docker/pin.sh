#!/usr/bin/env bash
# Writes behind every image of both Dockerfiles the digest its tag stands for now. Needs Docker with buildx.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
sed -nE 's/^FROM ([^ @]+:[^ @]+).*/\1/p' ./*.Dockerfile | sort -u | while read -r image; do
    digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
    sed -i -E "s|^FROM ${image//./\\.}(@sha256:[0-9a-f]+)?|FROM $image@$digest|" ./*.Dockerfile
    echo "$image@$digest"
done

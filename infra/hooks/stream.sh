#!/bin/sh
# Has replicas start while their image is still on its way: switches streaming on for both repositories, for whatever is
# pushed from now on, and prepares the images that were deployed just now.
set -eu

[ "$AZURE_CONTAINER_REGISTRY_STREAMS" = true ] || exit 0
registry=${AZURE_CONTAINER_REGISTRY_ENDPOINT%%.*}
for image in "$SERVICE_CPU_IMAGE_NAME" "$SERVICE_GPU_IMAGE_NAME"; do
    tagged=${image#*/}
    az acr artifact-streaming update --only-show-errors --output none \
        --name "$registry" --repository "${tagged%:*}" --enable-streaming true
    az acr artifact-streaming create --only-show-errors --output none --no-wait --name "$registry" --image "$tagged" ||
        echo "$tagged was not prepared for streaming; if it already was, that is why." >&2
done
echo "Images are streamed to new replicas."

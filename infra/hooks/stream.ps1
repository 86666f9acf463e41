# Has replicas start while their image is still on its way: switches streaming on for both repositories, for whatever is
# pushed from now on, and prepares the images that were deployed just now.
$ErrorActionPreference = 'Stop'

if ($env:AZURE_CONTAINER_REGISTRY_STREAMS -ne 'true') { exit 0 }
$registry = $env:AZURE_CONTAINER_REGISTRY_ENDPOINT.Split('.')[0]
foreach ($image in $env:SERVICE_CPU_IMAGE_NAME, $env:SERVICE_GPU_IMAGE_NAME) {
    $tagged = $image.Substring($image.IndexOf('/') + 1)
    $repository = $tagged.Substring(0, $tagged.LastIndexOf(':'))
    az acr artifact-streaming update --only-show-errors --output none --name $registry --repository $repository --enable-streaming true
    if ($LASTEXITCODE -ne 0) { throw "Streaming of $repository was refused." }
    az acr artifact-streaming create --only-show-errors --output none --no-wait --name $registry --image $tagged
    if ($LASTEXITCODE -ne 0) { Write-Warning "$tagged was not prepared for streaming; if it already was, that is why." }
}
Write-Host 'Images are streamed to new replicas.'

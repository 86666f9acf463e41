# Subscribes the CPU app to blob events: its webhook needs a key that only the running app has.
$ErrorActionPreference = 'Stop'

if ($env:AZURE_EVENTS_BY_QUEUE -eq 'true') {
    Write-Host 'Events of uploads go to a queue; there is nothing to subscribe.'
    exit 0
}

$key = az containerapp function keys list --only-show-errors `
    --resource-group $env:AZURE_RESOURCE_GROUP --name $env:SERVICE_CPU_NAME --key-type systemKey `
    --query "value.keys[?name=='blobs_extension'].value | [0]" --output tsv
if (-not $key) {
    throw "The app has no key 'blobs_extension' yet. Wait until it is up, then run this hook again: azd hooks run postdeploy"
}

$parameters = @{
    topicName   = @{ value = $env:AZURE_EVENT_GRID_TOPIC }
    storageName = @{ value = $env:AZURE_STORAGE_ACCOUNT }
    location    = @{ value = $env:AZURE_LOCATION }
    tags        = @{ value = @{ 'azd-env-name' = $env:AZURE_ENV_NAME } }
    webhookUrl  = @{ value = "$env:SERVICE_CPU_URI/runtime/webhooks/blobs?functionName=Host.Functions.OnUpload&code=$key" }
}
$file = New-TemporaryFile
try {
    @{
        '$schema'      = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#'
        contentVersion = '1.0.0.0'
        parameters     = $parameters
    } | ConvertTo-Json -Depth 5 | Set-Content $file
    az deployment group create --only-show-errors --output none `
        --resource-group $env:AZURE_RESOURCE_GROUP --name uploads `
        --template-file (Join-Path $PSScriptRoot '../bicep/app/events.bicep') --parameters "@$file"
    if ($LASTEXITCODE -ne 0) { throw 'The event subscription was refused.' }
}
finally {
    Remove-Item $file
}
Write-Host "Uploads to the container 'uploads' are segmented from now on."

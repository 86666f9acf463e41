#!/bin/sh
# Subscribes the CPU app to blob events: its webhook needs a key that only the running app has.
set -eu

if [ "$AZURE_EVENTS_BY_QUEUE" = true ]; then
    echo "Events of uploads go to a queue; there is nothing to subscribe."
    exit 0
fi

key=$(az containerapp function keys list --only-show-errors \
    --resource-group "$AZURE_RESOURCE_GROUP" --name "$SERVICE_CPU_NAME" --key-type systemKey \
    --query "value.keys[?name=='blobs_extension'].value | [0]" --output tsv)
if [ -z "$key" ]; then
    echo "The app has no key 'blobs_extension' yet. Wait until it is up, then run this hook again: azd hooks run postdeploy" >&2
    exit 1
fi

az deployment group create --only-show-errors --output none \
    --resource-group "$AZURE_RESOURCE_GROUP" --name uploads \
    --template-file "$(dirname "$0")/../bicep/app/events.bicep" \
    --parameters topicName="$AZURE_EVENT_GRID_TOPIC" storageName="$AZURE_STORAGE_ACCOUNT" location="$AZURE_LOCATION" \
        tags="{\"azd-env-name\":\"$AZURE_ENV_NAME\"}" \
        webhookUrl="$SERVICE_CPU_URI/runtime/webhooks/blobs?functionName=Host.Functions.OnUpload&code=$key"
echo "Uploads to the container 'uploads' are segmented from now on."

// Blob events. The topic is part of every deployment. They go to the running CPU app, whose key the subscription needs, so the
// post-deployment hook (infra/hooks) deploys this file once more, with the address; or, in a private network that Event Grid
// cannot call into, to a queue.
param topicName string
param storageName string
param location string
param tags object

@description('Where the CPU app takes blob events, with its key; empty before its first deployment.')
@secure()
param webhookUrl string = ''

@description('Whether events go to a queue.')
param byQueue bool = false

var roles = {
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
}
var filter = {
  includedEventTypes: ['Microsoft.Storage.BlobCreated']
  subjectBeginsWith: '/blobServices/default/containers/uploads/'
  advancedFilters: [
    {
      // Only once the content is committed.
      operatorType: 'StringIn'
      key: 'data.api'
      values: ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose']
    }
  ]
}
var retryPolicy = {
  maxDeliveryAttempts: 30
  eventTimeToLiveInMinutes: 1440
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: topicName
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: storage.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// An upload whose event cannot be delivered is set aside, not lost: dead letters are blobs.
resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(roles): {
  name: guid(storage.id, topic.id, role.value)
  scope: storage
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

var deadLetters = {
  identity: { type: 'SystemAssigned' }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: {
      resourceId: storage.id
      blobContainerName: 'dead-letters'
    }
  }
}

resource toApp 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = if (!empty(webhookUrl)) {
  parent: topic
  name: 'uploads'
  dependsOn: [onStorage]
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: { endpointUrl: webhookUrl }
    }
    filter: filter
    retryPolicy: retryPolicy
    deadLetterWithResourceIdentity: deadLetters
  }
}

resource toQueue 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = if (byQueue) {
  parent: topic
  name: 'uploads-by-queue'
  dependsOn: [onStorage]
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: storage.id
          queueName: 'upload-events'
          queueMessageTimeToLiveInSeconds: -1 // for ever
        }
      }
    }
    filter: filter
    retryPolicy: retryPolicy
    deadLetterWithResourceIdentity: deadLetters
  }
}

output topicName string = topic.name

// One account for uploads, results, working data and the host's own records. It has no usable key.
param name string
param location string
param tags object

@minValue(1)
param retentionDays int

@description('Whether it is reached by private addresses alone, and by the platform\'s own event delivery.')
param isPrivate bool

var containers = [
  'uploads' // pictures dropped here are segmented
  'results' // result.json and PNG files, by segmentation
  'artefacts' // what stages hand each other
  'models' // weight files, for replicas to copy at their start or for the job that fills the share
  'dead-letters' // events that could not be delivered
]
// A queue that a function waits for and that is not there fills the log.
var queues = [
  'segmentation-requests'
  'segmentation-requests-poison'
  'upload-events'
  'upload-events-poison'
  'webjobs-blobtrigger-poison'
]
var expiring = ['uploads/', 'results/', 'artefacts/']

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: 7
      }
    }

    resource container 'containers' = [for container in containers: {
      name: container
      properties: { publicAccess: 'None' }
    }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in queues: {
      name: queue
    }]
  }

  // The timer function purges first; this rule is for what it misses.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'expire'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: expiring
              }
              actions: {
                baseBlob: { delete: { daysAfterModificationGreaterThan: retentionDays } }
              }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

output id string = account.id
output name string = account.name

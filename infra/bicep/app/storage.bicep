// One account for uploads, results, working data and the host's own records. It has no usable key.
param name string
param location string
param tags object

@minValue(1)
param retentionDays int

var containers = [
  'uploads' // pictures dropped here are segmented
  'results' // result.json and PNG files, by segmentation
  'artefacts' // what stages hand each other
  'models' // weight files, copied to each replica at its start
  'dead-letters' // events that could not be delivered
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
      defaultAction: 'Allow'
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

  resource queues 'queueServices' = {
    name: 'default'

    resource requests 'queues' = {
      name: 'segmentation-requests'
    }
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

output name string = account.name

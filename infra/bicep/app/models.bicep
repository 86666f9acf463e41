// Weight files on a share that every replica mounts, so that none has to copy them at its start. NFS, because it knows no
// keys: who may mount it is decided by the network. A job fills it from the container of the same name.
param accountName string
param environmentName string
param jobName string
param location string
param tags object
param identityId string
param identityClientId string

@description('The account whose container of models fills the share.')
param storageName string

@description('GiB; paid for whether used or not.')
@minValue(100)
param quota int = 100

var shareName = 'models'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'FileStorage'
  sku: { name: 'Premium_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Disabled'
    supportsHttpsTrafficOnly: false // NFS is not HTTPS; nothing but the network reaches it
  }

  resource files 'fileServices' = {
    name: 'default'

    resource share 'shares' = {
      name: shareName
      properties: {
        enabledProtocols: 'NFS'
        rootSquash: 'NoRootSquash' // the job that fills it is root; replicas are not, and mount it read-only
        shareQuota: quota
      }
    }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-10-02-preview' existing = {
  name: environmentName

  resource reading 'storages' = {
    name: 'models'
    properties: {
      nfsAzureFile: {
        accessMode: 'ReadOnly'
        server: '${account.name}.file.${az.environment().suffixes.storage}'
        shareName: '/${account.name}/${account::files::share.name}'
      }
    }
  }

  resource filling 'storages' = {
    name: 'models-filling'
    properties: {
      nfsAzureFile: {
        accessMode: 'ReadWrite'
        server: '${account.name}.file.${az.environment().suffixes.storage}'
        shareName: '/${account.name}/${account::files::share.name}'
      }
    }
  }
}

resource fill 'Microsoft.App/jobs@2024-10-02-preview' = {
  name: jobName
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
      }
      replicaTimeout: 3600
      replicaRetryLimit: 1
    }
    template: {
      containers: [
        {
          name: 'fill'
          image: 'mcr.microsoft.com/azure-cli:2.80.0'
          resources: {
            cpu: json('1.0')
            memory: '2Gi'
          }
          command: ['/bin/sh', '-c']
          args: [
            'az login --identity --client-id "$IDENTITY" && az storage blob download-batch --auth-mode login --account-name "$ACCOUNT" --source models --destination /models --overwrite true && chmod -R a+rX /models'
          ]
          env: [
            {
              name: 'IDENTITY'
              value: identityClientId
            }
            {
              name: 'ACCOUNT'
              value: storageName
            }
          ]
          volumeMounts: [
            {
              volumeName: 'models'
              mountPath: '/models'
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'models'
          storageType: 'NfsAzureFile'
          storageName: environment::filling.name
        }
      ]
    }
  }
}

output accountId string = account.id
output storageName string = environment::reading.name
output jobName string = fill.name

// One Functions app as a container app. Deployed twice, with different roles.
param name string
param location string
param tags object

@description('What both apps have in common.')
param shared sharedSettings

@description('Which functions the app has: cpu takes work in and orchestrates, gpu runs the networks.')
@allowed(['cpu', 'gpu'])
param role string

@description('Empty before the first deployment.')
param image string
param workloadProfileName string
param cores string
param memory string

@description('Whether the internet reaches it; the GPU app needs ingress too, for scaling, but not from outside.')
param isExternal bool
param minReplicas int
param maxReplicas int

@description('Activities that one replica runs at once; one for one GPU.')
param maxConcurrentActivities int

@export()
type sharedSettings = {
  environmentId: string
  environmentDomain: string
  identityId: string
  identityClientId: string
  registryServer: string
  storageName: string
  schedulerEndpoint: string
  taskHubName: string
  insightsConnectionString: string
  openAiEndpoint: string
  openAiDeployment: string
  allowUrlInputs: bool
  asksForTokens: bool
  callerRole: string

  @description('The environment\'s share of weight files; empty: replicas copy them from storage at their start.')
  modelsShare: string
}

var placeholder = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
var suffix = environment().suffixes.storage
var hasOpenAi = !empty(shared.openAiEndpoint)
var modelsVolume = 'models'
var modelsFolder = '/models'
var port = empty(image) ? 80 : 8080 // the placeholder runs as root
// What a replica may take to be up, in ten looks: the platform allows no more. Only the GPU app has weights to wait for.
var secondsBetweenLooks = role == 'cpu' ? 6 : empty(shared.modelsShare) ? 60 : 12

var settings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${shared.identityClientId}'
  APPLICATIONINSIGHTS_CONNECTION_STRING: shared.insightsConnectionString
  AZURE_CLIENT_ID: shared.identityClientId
  // One for all replicas: receipts of handled blobs, locks and keys go by it. Without it the host makes one up from its machine.
  AzureFunctionsWebHost__hostid: '${role}-${uniqueString(resourceGroup().id)}'
  AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: string(maxConcurrentActivities)
  AzureWebJobsStorage__accountName: shared.storageName
  AzureWebJobsStorage__clientId: shared.identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  DTS_CONNECTION_STRING: 'Endpoint=${shared.schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${shared.identityClientId}'
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  ImageStorage__blobServiceUri: 'https://${shared.storageName}.blob.${suffix}'
  ImageStorage__clientId: shared.identityClientId
  ImageStorage__credential: 'managedidentity'
  ImageStorage__queueServiceUri: 'https://${shared.storageName}.queue.${suffix}'
  Service__AllowsUrls: string(shared.allowUrlInputs)
  Service__CallerRole: shared.callerRole
  Service__Callers: shared.asksForTokens ? 'entra' : 'keys'
  Service__ModelsFolder: modelsFolder
  Service__Provider: role == 'gpu' ? 'cuda' : 'cpu'
  Service__Role: role
  TASKHUB_NAME: shared.taskHubName
  WEBSITE_HOSTNAME: isExternal ? '${name}.${shared.environmentDomain}' : '${name}.internal.${shared.environmentDomain}'
}
var copying = {
  Service__ModelsContainer: 'models'
}
var expansion = {
  PromptExpansion__Deployment: shared.openAiDeployment
  PromptExpansion__Endpoint: shared.openAiEndpoint
  PromptExpansion__Provider: 'azureopenai'
}

resource app 'Microsoft.App/containerApps@2024-10-02-preview' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${shared.identityId}': {} }
  }
  properties: {
    managedEnvironmentId: shared.environmentId
    workloadProfileName: workloadProfileName
    configuration: {
      activeRevisionsMode: 'Single' // revisions would share, and confuse, the records of handled blobs
      ingress: {
        external: isExternal
        targetPort: port
        transport: 'auto'
        allowInsecure: false
      }
      registries: empty(image) ? [] : [
        {
          server: shared.registryServer
          identity: shared.identityId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'functions'
          image: empty(image) ? placeholder : image
          resources: {
            cpu: json(cores)
            memory: memory
          }
          env: [for setting in items(union(settings, empty(shared.modelsShare) ? copying : {}, hasOpenAi ? expansion : {})): {
            name: setting.key
            value: setting.value
          }]
          probes: empty(image) ? [] : [
            {
              type: 'Startup' // until then no request is let in, and no look at its life ends it
              httpGet: {
                path: '/api/health'
                port: port
              }
              periodSeconds: secondsBetweenLooks
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/api/health/live'
                port: port
              }
              periodSeconds: 30
              timeoutSeconds: 10
            }
          ]
          volumeMounts: [
            {
              volumeName: modelsVolume
              mountPath: modelsFolder
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
      }
      volumes: [
        empty(shared.modelsShare) ? {
          name: modelsVolume
          storageType: 'EmptyDir'
        } : {
          name: modelsVolume
          storageType: 'NfsAzureFile'
          storageName: shared.modelsShare
        }
      ]
    }
  }
}

output name string = app.name
output uri string = 'https://${app.properties.configuration.ingress.fqdn}'

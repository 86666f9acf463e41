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
}

var placeholder = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
var suffix = environment().suffixes.storage
var hasOpenAi = !empty(shared.openAiEndpoint)
var modelsVolume = 'models'
var modelsFolder = '/models'

var settings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${shared.identityClientId}'
  APPLICATIONINSIGHTS_CONNECTION_STRING: shared.insightsConnectionString
  AZURE_CLIENT_ID: shared.identityClientId
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
  Service__Callers: shared.asksForTokens ? 'entra' : 'keys'
  Service__ModelsContainer: 'models'
  Service__ModelsFolder: modelsFolder
  Service__Provider: role == 'gpu' ? 'cuda' : 'cpu'
  Service__Role: role
  TASKHUB_NAME: shared.taskHubName
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
        targetPort: 80
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
          env: [for setting in items(union(settings, hasOpenAi ? expansion : {})): {
            name: setting.key
            value: setting.value
          }]
          probes: empty(image) ? [] : [
            {
              type: 'Startup' // models may take minutes to arrive and load
              httpGet: {
                path: '/api/health'
                port: 80
              }
              periodSeconds: 10
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/api/health/live'
                port: 80
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
        {
          name: modelsVolume
          storageType: 'EmptyDir'
        }
      ]
    }
  }
}

output name string = app.name
output uri string = 'https://${app.properties.configuration.ingress.fqdn}'

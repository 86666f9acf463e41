// Everything the service needs, from an empty subscription: `azd up`, or `az deployment sub create`.
// Two container apps share one task hub: a CPU app that takes uploads, requests and messages and runs the orchestrations,
// and a GPU app that runs the heavy activities. Nothing here has a key or a password; both apps are one identity.
targetScope = 'subscription'

@description('Name of the environment; part of every name below.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region. It must offer the GPU profile and the Durable Task Scheduler.')
param location string

@description('Image of the CPU app; empty until the first deployment, when a placeholder stands in.')
param cpuImage string = ''

@description('Image of the GPU app; empty until the first deployment, when a placeholder stands in.')
param gpuImage string = ''

@description('Workload profile of the GPU app; T4 has 16 GB, A100 has 80 GB.')
@allowed([
  'Consumption-GPU-NC8as-T4'
  'Consumption-GPU-NC24-A100'
])
param gpuProfileType string = 'Consumption-GPU-NC8as-T4'

@description('Replicas of the CPU app that always run; 0 costs nothing when idle and a few seconds at the first request.')
@minValue(0)
param cpuMinReplicas int = 0

@description('Replicas of the GPU app that always run; 0 costs nothing when idle and a minute or two at the first picture.')
@minValue(0)
param gpuMinReplicas int = 0

@description('Most GPUs at once.')
@minValue(1)
param gpuMaxReplicas int = 2

@description('Whether prompts can be expanded by Azure OpenAI.')
param useOpenAi bool = false

@description('Whether requests may name pictures by URL.')
param allowUrlInputs bool = false

@description('Client id of an Entra app registration: callers of the HTTP API then bring a token of it instead of a key. Empty: keys.')
param entraClientId string = ''

@description('Application role that a token of the HTTP API must have.')
param callerRole string = 'Segmentation.Use'

@description('Whether storage, scheduler, registry and Azure OpenAI have private addresses alone, and the apps are reached from within their network alone.')
param privateNetwork bool = false

@description('Whether replicas mount weight files from a share, and do not copy them at their start.')
param modelsOnShare bool = false

@description('Whether replicas start while their image is still on its way. Takes a Premium registry.')
param streamImages bool = true

@description('Days that uploads, results and working data are kept.')
@minValue(1)
param retentionDays int = 30

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: '${abbreviations.managedIdentity}${token}'
    location: location
    tags: tags
  }
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: '${abbreviations.logAnalyticsWorkspace}${token}'
    insightsName: '${abbreviations.insightsComponents}${token}'
    location: location
    tags: tags
  }
}

var hasNetwork = privateNetwork || modelsOnShare

module network 'app/network.bicep' = if (hasNetwork) {
  name: 'network'
  scope: group
  params: {
    name: '${abbreviations.virtualNetwork}${token}'
    location: location
    tags: tags
  }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storageAccount}${token}'
    location: location
    tags: tags
    retentionDays: retentionDays
    isPrivate: privateNetwork
  }
}

module registry 'app/registry.bicep' = {
  name: 'registry'
  scope: group
  params: {
    name: '${abbreviations.containerRegistry}${token}'
    location: location
    tags: tags
    streams: streamImages
    isPrivate: privateNetwork
  }
}

module scheduler 'app/scheduler.bicep' = {
  name: 'scheduler'
  scope: group
  params: {
    name: '${abbreviations.scheduler}${token}'
    taskHubName: '${abbreviations.taskHub}${token}'
    location: location
    tags: tags
    isPrivate: privateNetwork
  }
}

module openAi 'app/openai.bicep' = if (useOpenAi) {
  name: 'openai'
  scope: group
  params: {
    name: '${abbreviations.cognitiveServices}${token}'
    location: location
    tags: tags
    isPrivate: privateNetwork
  }
}

module access 'app/rbac.bicep' = {
  name: 'access'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    registryName: registry.outputs.name
    schedulerName: scheduler.outputs.name
    insightsName: monitoring.outputs.insightsName
    openAiName: openAi.?outputs.name ?? ''
  }
}

module environment 'app/environment.bicep' = {
  name: 'environment'
  scope: group
  params: {
    name: '${abbreviations.managedEnvironment}${token}'
    location: location
    tags: tags
    workspaceName: monitoring.outputs.workspaceName
    gpuProfileType: gpuProfileType
    subnetId: network.?outputs.appsSubnetId ?? ''
    isPrivate: privateNetwork
  }
}

module privateLinks 'app/private.bicep' = if (privateNetwork) {
  name: 'private'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    networkId: network.?outputs.id ?? ''
    subnetId: network.?outputs.endpointsSubnetId ?? ''
    storageId: storage.outputs.id
    registryId: registry.outputs.id
    schedulerId: scheduler.outputs.id
    openAiId: openAi.?outputs.id ?? ''
    appsDomain: environment.outputs.domain
    appsAddress: environment.outputs.address
  }
}

module models 'app/models.bicep' = if (modelsOnShare) {
  name: 'models'
  scope: group
  dependsOn: [access]
  params: {
    accountName: '${abbreviations.storageAccount}nfs${token}'
    environmentName: environment.outputs.name
    jobName: '${abbreviations.containerAppJob}models-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
  }
}

module modelsLink 'app/endpoint.bicep' = if (modelsOnShare) {
  name: 'models-link'
  scope: group
  params: {
    name: '${abbreviations.privateEndpoint}models-${token}'
    location: location
    tags: tags
    networkId: network.?outputs.id ?? ''
    subnetId: network.?outputs.endpointsSubnetId ?? ''
    serviceId: models.?outputs.accountId ?? ''
    group: 'file'
    zoneName: 'privatelink.file.${az.environment().suffixes.storage}'
  }
}

var shared = {
  environmentId: environment.outputs.id
  environmentDomain: environment.outputs.domain
  identityId: identity.outputs.id
  identityClientId: identity.outputs.clientId
  registryServer: registry.outputs.loginServer
  storageName: storage.outputs.name
  schedulerEndpoint: scheduler.outputs.endpoint
  taskHubName: scheduler.outputs.taskHubName
  insightsConnectionString: monitoring.outputs.connectionString
  openAiEndpoint: openAi.?outputs.endpoint ?? ''
  openAiDeployment: openAi.?outputs.deployment ?? ''
  allowUrlInputs: allowUrlInputs
  asksForTokens: !empty(entraClientId)
  callerRole: callerRole
  modelsShare: models.?outputs.storageName ?? ''
}

module cpuApp 'app/function.bicep' = {
  name: 'cpu-app'
  scope: group
  dependsOn: [access, privateLinks, modelsLink]
  params: {
    name: '${abbreviations.containerApp}cpu-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'cpu' })
    shared: shared
    role: 'cpu'
    image: cpuImage
    workloadProfileName: environment.outputs.cpuProfile
    cores: '2.0'
    memory: '4Gi'
    isExternal: true
    minReplicas: cpuMinReplicas
    maxReplicas: 10
    maxConcurrentActivities: 4
  }
}

module authentication 'app/authentication.bicep' = if (!empty(entraClientId)) {
  name: 'authentication'
  scope: group
  params: {
    appName: cpuApp.outputs.name
    clientId: entraClientId
  }
}

module gpuApp 'app/function.bicep' = {
  name: 'gpu-app'
  scope: group
  dependsOn: [access, privateLinks, modelsLink]
  params: {
    name: '${abbreviations.containerApp}gpu-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'gpu' })
    shared: shared
    role: 'gpu'
    image: gpuImage
    workloadProfileName: environment.outputs.gpuProfile
    cores: gpuProfileType == 'Consumption-GPU-NC24-A100' ? '24.0' : '8.0'
    memory: gpuProfileType == 'Consumption-GPU-NC24-A100' ? '220Gi' : '56Gi'
    isExternal: false
    minReplicas: gpuMinReplicas
    maxReplicas: gpuMaxReplicas
    maxConcurrentActivities: 1
  }
}

module events 'app/events.bicep' = {
  name: 'events'
  scope: group
  params: {
    topicName: '${abbreviations.eventGridSystemTopic}${token}'
    byQueue: privateNetwork
    storageName: storage.outputs.name
    location: location
    tags: tags
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer
output AZURE_CONTAINER_REGISTRY_STREAMS bool = streamImages
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name
output AZURE_EVENT_GRID_TOPIC string = events.outputs.topicName
output AZURE_EVENTS_BY_QUEUE bool = privateNetwork
output AZURE_MODELS_JOB string = models.?outputs.jobName ?? ''
output SERVICE_CPU_NAME string = cpuApp.outputs.name
output SERVICE_CPU_URI string = cpuApp.outputs.uri
output SERVICE_GPU_NAME string = gpuApp.outputs.name

// Where both apps run: a consumption profile for the CPU app, a serverless GPU profile for the GPU app.
param name string
param location string
param tags object
param workspaceName string
param gpuProfileType string

@description('Where replicas get their addresses; empty: from the platform.')
param subnetId string

@description('Whether nothing outside the network reaches the apps.')
param isPrivate bool

var cpuProfileName = 'Consumption'
var gpuProfileName = 'gpu'

resource workspace 'Microsoft.OperationalInsights/workspaces@2022-10-01' existing = {
  name: workspaceName
}

resource environment 'Microsoft.App/managedEnvironments@2024-10-02-preview' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: empty(subnetId) ? null : {
      infrastructureSubnetId: subnetId
      internal: isPrivate
    }
    workloadProfiles: [
      {
        name: cpuProfileName
        workloadProfileType: 'Consumption'
      }
      {
        name: gpuProfileName
        workloadProfileType: gpuProfileType
      }
    ]
  }
}

// Sends the console logs to the workspace without its key.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

output name string = environment.name
output domain string = environment.properties.defaultDomain
output address string = environment.properties.staticIp
output id string = environment.id
output cpuProfile string = cpuProfileName
output gpuProfile string = gpuProfileName

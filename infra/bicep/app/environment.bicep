// Where both apps run: a consumption profile for the CPU app, a serverless GPU profile for the GPU app.
param name string
param location string
param tags object
param workspaceName string
param gpuProfileType string

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

output id string = environment.id
output cpuProfile string = cpuProfileName
output gpuProfile string = gpuProfileName

// The Durable Task Scheduler: keeps every orchestration, hands work to whichever app has the function.
param name string
param taskHubName string
param location string
param tags object

@description('Whether it is reached by its private address alone.')
param isPrivate bool

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    ipAllowlist: ['0.0.0.0/0'] // who may call is decided by role, not by address
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }

  resource taskHub 'taskHubs' = {
    name: taskHubName
  }
}

output id string = scheduler.id
output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHubName string = scheduler::taskHub.name

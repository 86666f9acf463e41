// Images of both apps.
param name string
param location string
param tags object

@description('Whether new replicas start while their image is still on its way; the hook after deployment switches it on. Only Premium can.')
param streams bool

@description('Whether it is reached by its private address alone. Only Premium can.')
param isPrivate bool

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: streams || isPrivate ? 'Premium' : 'Basic' }
  properties: {
    adminUserEnabled: false
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

output id string = registry.id
output name string = registry.name
output loginServer string = registry.properties.loginServer

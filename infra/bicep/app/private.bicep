// Every service of the apps at a private address, and the apps' own names where nobody outside asks for them.
param token string
param location string
param tags object
param networkId string
param subnetId string
param storageId string
param registryId string
param schedulerId string

@description('Empty without Azure OpenAI.')
param openAiId string

@description('Domain of the environment; its apps are names in it.')
param appsDomain string

@description('Where the environment listens in the network.')
param appsAddress string

var suffix = environment().suffixes.storage
var services = [
  {
    group: 'blob'
    id: storageId
    zone: 'privatelink.blob.${suffix}'
  }
  {
    group: 'queue'
    id: storageId
    zone: 'privatelink.queue.${suffix}'
  }
  {
    group: 'table'
    id: storageId
    zone: 'privatelink.table.${suffix}'
  }
  {
    group: 'registry'
    id: registryId
    zone: 'privatelink${environment().suffixes.acrLoginServer}'
  }
  {
    group: 'scheduler'
    id: schedulerId
    zone: 'privatelink.durabletask.io'
  }
]
var openAi = empty(openAiId) ? [] : [
  {
    group: 'account'
    id: openAiId
    zone: 'privatelink.openai.azure.com'
  }
]

module endpoints 'endpoint.bicep' = [for service in concat(services, openAi): {
  name: 'private-${service.group}'
  params: {
    name: 'pep-${service.group}-${token}'
    location: location
    tags: tags
    networkId: networkId
    subnetId: subnetId
    serviceId: service.id
    group: service.group
    zoneName: service.zone
  }
}]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: appsDomain
  location: 'global'
  tags: tags

  resource apps 'A' = {
    name: '*'
    properties: {
      ttl: 300
      aRecords: [{ ipv4Address: appsAddress }]
    }
  }

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
}

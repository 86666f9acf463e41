// The language model behind prompt expansion; reached by identity alone.
param name string
param location string
param tags object

@description('Whether it is reached by its private address alone.')
param isPrivate bool

@description('Model that answers in a JSON schema.')
param model string = 'gpt-4o-mini'
param modelVersion string = '2024-07-18'

@description('Thousands of tokens a minute.')
@minValue(1)
param capacity int = 30

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }

  resource deployment 'deployments' = {
    name: 'prompt-expansion'
    sku: {
      name: 'GlobalStandard'
      capacity: capacity
    }
    properties: {
      model: {
        format: 'OpenAI'
        name: model
        version: modelVersion
      }
    }
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.endpoint
output deployment string = account::deployment.name

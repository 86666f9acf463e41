// Microsoft Entra ID in front of the app: the platform checks the token and tells the app who called.
param appName string

@description('Client id of the app registration that stands for the service.')
param clientId string

resource app 'Microsoft.App/containerApps@2024-10-02-preview' existing = {
  name: appName
}

resource authentication 'Microsoft.App/containerApps/authConfigs@2024-10-02-preview' = {
  parent: app
  name: 'current'
  properties: {
    platform: { enabled: true }
    httpSettings: { requireHttps: true }
    globalValidation: {
      unauthenticatedClientAction: 'Return401'
      excludedPaths: [
        '/api/health'
        '/api/health/live'
        '/runtime/webhooks/blobs' // blob events come with a key of their own
      ]
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [
            clientId
            'api://${clientId}'
          ]
        }
      }
    }
  }
}

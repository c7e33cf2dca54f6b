metadata description = 'One of the three function apps: the package, an identity, and the settings of its role.'

@description('Name of the app.')
@maxLength(60)
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the service in azure.yaml, by which azd finds the app.')
param serviceName string

@description('Resource id of the Flex Consumption plan.')
param planId string

@description('Resource id of the identity.')
param identityId string

@description('Resource id of the subnet from which the app reaches others.')
param subnetId string

@description('Address of the container of packages.')
param packagesUrl string

@description('Settings of the app.')
param settings object

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param memoryMb int

@description('How many instances at most.')
@minValue(1)
@maxValue(1000)
param maximumInstances int

@description('Groups of functions that always have instances ready: name (http, durable, function:<name>) and instanceCount.')
param alwaysReady array

@description('Addresses that may call the app, as rules of ipSecurityRestrictions. Whoever is not listed is refused.')
param callers array

@description('Addresses that may deploy, as CIDR. Whoever is not listed is refused.')
param deployers array

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var deployRules = [for (address, place) in deployers: { name: 'deployer-${place}', priority: 100 + place, action: 'Allow', ipAddress: address }]

// Shape: https://learn.microsoft.com/azure/templates/microsoft.web/2025-03-01/sites; Flex Consumption: https://learn.microsoft.com/azure/azure-functions/functions-infrastructure-as-code?pivots=flex-consumption-plan
resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    virtualNetworkSubnetId: subnetId
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: { instanceMemoryMB: memoryMb, maximumInstanceCount: maximumInstances, alwaysReady: alwaysReady }
      // Recreate, the default, ends executions at once; rolling updates drain them: https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
      siteUpdateStrategy: { type: 'RollingUpdate' }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: callers
      scmIpSecurityRestrictionsDefaultAction: 'Deny'
      scmIpSecurityRestrictions: deployRules
      scmIpSecurityRestrictionsUseMain: false
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: settings
}

// Deployments sign in with Entra; there is no user name and password.
resource noBasicScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noBasicFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'gatehouse'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

@description('Name of the app.')
output name string = app.name

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName

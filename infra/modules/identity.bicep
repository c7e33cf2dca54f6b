metadata description = 'A user-assigned managed identity: who one of the function apps is.'

@description('Name of the identity. The database role has the same name.')
@minLength(3)
@maxLength(128)
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

// Shape: https://learn.microsoft.com/azure/templates/microsoft.managedidentity/2023-01-31/userassignedidentities
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, by which a function app is given the identity.')
output id string = identity.id

@description('Client id, by which the process names the identity when it asks for a token.')
output clientId string = identity.properties.clientId

@description('Object id in the tenant, to which rights are granted.')
output principalId string = identity.properties.principalId

@description('Display name in the tenant.')
output name string = identity.name

metadata description = 'What one identity may do in the storage account of its app.'

@description('Name of the storage account.')
param accountName string

@description('Object id of the identity.')
param principalId string

@description('Whether orchestrations are kept there too, which takes queues and tables.')
param holdsOrchestrations bool

// Ids: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
// The host's own state, and the package, need blobs: https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var roles = holdsOrchestrations ? [blobDataOwner, queueDataContributor, tableDataContributor] : [blobDataOwner]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: accountName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  scope: account
  name: guid(account.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

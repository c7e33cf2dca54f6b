metadata description = 'Which queues one identity may send to, and which it may receive from.'

@description('Name of the Service Bus namespace.')
param namespaceName string

@description('Object id of the identity.')
param principalId string

@description('Names of the queues that it may send to.')
param sends array

@description('Names of the queues that it may receive from.')
param receives array

// Ids: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/integration
var dataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
var dataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: namespaceName
}

resource sentTo 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [for name in sends: {
  parent: namespace
  name: name
}]

resource receivedFrom 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [for name in receives: {
  parent: namespace
  name: name
}]

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (name, place) in sends: {
  scope: sentTo[place]
  name: guid(namespace.id, name, principalId, dataSender)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataSender)
  }
}]

resource receiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (name, place) in receives: {
  scope: receivedFrom[place]
  name: guid(namespace.id, name, principalId, dataReceiver)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataReceiver)
  }
}]

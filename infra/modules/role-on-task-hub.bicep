metadata description = 'Lets one identity start and run orchestrations in the task hub.'

@description('Name of the Durable Task Scheduler.')
param schedulerName string

@description('Name of the task hub.')
param taskHubName string

@description('Object id of the identity.')
param principalId string

// Durable Task Data Contributor. Durable Task Worker is less, and may run but not start: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/integration
var dataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: schedulerName
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' existing = {
  parent: scheduler
  name: taskHubName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: taskHub
  name: guid(taskHub.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataContributor)
  }
}

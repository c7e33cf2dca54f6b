metadata description = 'Who may do what in Azure. Each identity reads its own vault, its own storage account, and the queues of its part.'

@description('Object ids of the identities, by role.')
param principalIds object

@description('Names of the storage accounts, by role.')
param accountNames object

@description('Names of the vaults, by role.')
param vaultNames object

@description('Name of the Service Bus namespace.')
param namespaceName string

@description('Name of the Application Insights component.')
param insightsName string

@description('Name of the Durable Task Scheduler; empty with the Storage backend.')
param schedulerName string

@description('Whether there is a Durable Task Scheduler.')
param usesScheduler bool

@description('Name of the task hub.')
param taskHubName string

var roles = ['ingest', 'work', 'hands']

// “work” sends what it finds waiting in the outbox, so it sends to what “ingest” sends to as well. “hands” is told what to do by “work” alone, and answers it.
var queues = {
  ingest: {
    sends: ['lifecycle-events', 'lifecycle-urgent', 'graph-notices', 'work-requests']
    receives: []
  }
  work: {
    sends: ['lifecycle-events', 'lifecycle-urgent', 'graph-notices', 'privileged-changes']
    receives: ['lifecycle-events', 'lifecycle-urgent', 'graph-notices', 'work-requests', 'privileged-results']
  }
  hands: {
    sends: ['privileged-results']
    receives: ['privileged-changes']
  }
}

module onQueues 'modules/role-on-queues.bicep' = [for role in roles: {
  name: 'access-queues-${role}'
  params: {
    namespaceName: namespaceName
    principalId: principalIds[role]
    sends: queues[role].sends
    receives: queues[role].receives
  }
}]

module onStorage 'modules/role-on-storage.bicep' = [for role in roles: {
  name: 'access-storage-${role}'
  params: {
    accountName: accountNames[role]
    principalId: principalIds[role]
    holdsOrchestrations: role == 'work' && !usesScheduler
  }
}]

module onVaults 'modules/role-on-vault.bicep' = [for role in roles: {
  name: 'access-vault-${role}'
  params: { vaultName: vaultNames[role], principalId: principalIds[role] }
}]

module onInsights 'modules/role-on-insights.bicep' = [for role in roles: {
  name: 'access-insights-${role}'
  params: { componentName: insightsName, principalId: principalIds[role] }
}]

module onTaskHub 'modules/role-on-task-hub.bicep' = if (usesScheduler) {
  name: 'access-task-hub-work'
  params: { schedulerName: schedulerName, taskHubName: taskHubName, principalId: principalIds.work }
}

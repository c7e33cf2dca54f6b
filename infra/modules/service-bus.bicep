metadata description = 'Service Bus with the queues of servicebus.json, the same file that the embedded host reads. Entra tokens only.'

@description('Name of the namespace.')
@minLength(6)
@maxLength(50)
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Premium can be private; Standard cannot, and is told apart from the rest of the internet by its tokens alone.')
@allowed(['Standard', 'Premium'])
param sku string

@description('Messaging units; of Premium only.')
@allowed([1, 2, 4, 8, 16])
param capacity int

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var queues = loadJsonContent('../../servicebus.json').UserConfig.Namespaces[0].Queues

// Shape: https://learn.microsoft.com/azure/templates/microsoft.servicebus/2024-01-01/namespaces
resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: sku == 'Premium' ? { name: sku, tier: sku, capacity: capacity } : { name: sku, tier: sku }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: sku == 'Premium' ? 'Disabled' : 'Enabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for entry in queues: {
  parent: namespace
  name: entry.Name
  properties: {
    requiresSession: entry.Properties.RequiresSession
    requiresDuplicateDetection: entry.Properties.RequiresDuplicateDetection
    duplicateDetectionHistoryTimeWindow: entry.Properties.DuplicateDetectionHistoryTimeWindow
    lockDuration: entry.Properties.LockDuration
    maxDeliveryCount: entry.Properties.MaxDeliveryCount
    deadLetteringOnMessageExpiration: true
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'gatehouse'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the namespace.')
output id string = namespace.id

@description('Name of the namespace.')
output name string = namespace.name

@description('Host name of the namespace, without which no token is asked for.')
output hostName string = '${namespace.name}.servicebus.windows.net'

metadata description = 'Durable Task Scheduler: the backend of the orchestrations of the app “work”.'

@description('Name of the scheduler.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Consumption: paid by the action. Dedicated: paid by the capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Name of the task hub.')
param taskHubName string

@description('Days that ended orchestrations are kept. The registry is the record; this is for looking into what went wrong.')
@minValue(1)
@maxValue(90)
param retentionDays int

// Shape: https://learn.microsoft.com/azure/templates/microsoft.durabletask/2026-02-01/schedulers. With Consumption a capacity is refused.
resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Consumption' ? { name: sku } : { name: sku, capacity: 1 }
    ipAllowlist: []
    publicNetworkAccess: 'Disabled'
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: taskHubName
  properties: {}
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: { retentionPolicies: [{ retentionPeriodInDays: retentionDays }] }
}

@description('Resource id of the scheduler.')
output id string = scheduler.id

@description('Name of the scheduler.')
output name string = scheduler.name

@description('Address that the app connects to.')
output endpoint string = scheduler.properties.endpoint

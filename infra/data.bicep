metadata description = 'What holds state: registry, queues, secrets, packages, orchestrations; each with its address within our network.'

@description('Beginning of every name.')
param prefix string

@description('Makes names unique that all of Azure shares.')
param token string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('PostgreSQL: size and backups (main.bicep says what each key means).')
param postgres object

@description('Who administers PostgreSQL.')
param postgresAdministrator object

@description('Service Bus: sku and capacity.')
param serviceBus object

@description('Durable backend: kind, sku, taskHubName, retentionDays.')
param durable object

@description('Redundancy of the storage accounts.')
param storageSku string

@description('Addresses of people who set secrets and database roles, as CIDR.')
param operatorAddresses array

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the subnet of the private endpoints.')
param endpointSubnetId string

@description('Resource ids of the private DNS zones.')
param zoneIds object

var roles = ['ingest', 'work', 'hands']
var usesScheduler = durable.kind == 'scheduler'

module registry 'modules/postgres.bicep' = {
  name: 'postgres'
  params: {
    name: '${prefix}-${token}-db'
    location: location
    tags: tags
    sku: postgres.sku
    storageGb: postgres.storageGb
    backupDays: postgres.backupDays
    isGeoRedundant: postgres.isGeoRedundant
    isZoneRedundant: postgres.isZoneRedundant
    administrator: postgresAdministrator
    operatorAddresses: operatorAddresses
    workspaceId: workspaceId
  }
}

module queues 'modules/service-bus.bicep' = {
  name: 'service-bus'
  params: {
    name: '${prefix}-${token}-bus'
    location: location
    tags: tags
    sku: serviceBus.sku
    capacity: serviceBus.capacity
    workspaceId: workspaceId
  }
}

module scheduler 'modules/durable-scheduler.bicep' = if (usesScheduler) {
  name: 'durable-scheduler'
  params: {
    name: '${prefix}-${token}-dts'
    location: location
    tags: tags
    sku: durable.sku
    taskHubName: durable.taskHubName
    retentionDays: durable.retentionDays
  }
}

module vaults 'modules/key-vault.bicep' = [for role in roles: {
  name: 'vault-${role}'
  params: {
    name: take('kv-${role}-${token}', 24)
    location: location
    tags: tags
    operatorAddresses: operatorAddresses
    workspaceId: workspaceId
  }
}]

module accounts 'modules/storage-account.bicep' = [for role in roles: {
  name: 'storage-${role}'
  params: {
    name: take('st${role}${token}', 24)
    location: location
    tags: tags
    sku: storageSku
    workspaceId: workspaceId
  }
}]

// Subresources: https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-link-resource
var always = [
  { name: 'postgres', serviceId: registry.outputs.id, subresource: 'postgresqlServer', zone: 'postgres' }
  { name: 'vault-ingest', serviceId: vaults[0].outputs.id, subresource: 'vault', zone: 'vault' }
  { name: 'vault-work', serviceId: vaults[1].outputs.id, subresource: 'vault', zone: 'vault' }
  { name: 'vault-hands', serviceId: vaults[2].outputs.id, subresource: 'vault', zone: 'vault' }
  { name: 'blob-ingest', serviceId: accounts[0].outputs.id, subresource: 'blob', zone: 'blob' }
  { name: 'blob-work', serviceId: accounts[1].outputs.id, subresource: 'blob', zone: 'blob' }
  { name: 'blob-hands', serviceId: accounts[2].outputs.id, subresource: 'blob', zone: 'blob' }
]
var names = ['postgres', 'vault-ingest', 'vault-work', 'vault-hands', 'blob-ingest', 'blob-work', 'blob-hands']

module endpoints 'modules/private-endpoint.bicep' = [for (name, place) in names: {
  name: 'endpoint-${name}'
  params: {
    name: '${prefix}-${name}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: always[place].serviceId
    subresource: always[place].subresource
    zoneId: zoneIds[always[place].zone]
  }
}]

module queueEndpoint 'modules/private-endpoint.bicep' = if (serviceBus.sku == 'Premium') {
  name: 'endpoint-service-bus'
  params: {
    name: '${prefix}-service-bus'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: queues.outputs.id
    subresource: 'namespace'
    zoneId: zoneIds.serviceBus
  }
}

module schedulerEndpoint 'modules/private-endpoint.bicep' = if (usesScheduler) {
  name: 'endpoint-scheduler'
  params: {
    name: '${prefix}-scheduler'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: usesScheduler ? scheduler.outputs.id : ''
    subresource: 'scheduler'
    zoneId: zoneIds.durable
  }
}

// Orchestrations in Storage take queues and tables of the account of “work”.
module stateEndpoints 'modules/private-endpoint.bicep' = [for part in ['queue', 'table']: if (!usesScheduler) {
  name: 'endpoint-${part}-work'
  params: {
    name: '${prefix}-${part}-work'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: accounts[1].outputs.id
    subresource: part
    zoneId: zoneIds[part]
  }
}]

@description('Host name of PostgreSQL.')
output postgresHost string = registry.outputs.hostName

@description('Name of the PostgreSQL server.')
output postgresName string = registry.outputs.name

@description('Name of the database.')
output databaseName string = registry.outputs.databaseName

@description('Resource id of the Service Bus namespace.')
output namespaceId string = queues.outputs.id

@description('Name of the Service Bus namespace.')
output namespaceName string = queues.outputs.name

@description('Host name of the Service Bus namespace.')
output namespaceHost string = queues.outputs.hostName

@description('Name of the Durable Task Scheduler; empty with the Storage backend.')
output schedulerName string = usesScheduler ? scheduler.outputs.name : ''

@description('Address of the Durable Task Scheduler; empty with the Storage backend.')
output schedulerEndpoint string = usesScheduler ? scheduler.outputs.endpoint : ''

@description('Names of the vaults, by role.')
output vaultNames object = { ingest: vaults[0].outputs.name, work: vaults[1].outputs.name, hands: vaults[2].outputs.name }

@description('Names of the storage accounts, by role.')
output accountNames object = { ingest: accounts[0].outputs.name, work: accounts[1].outputs.name, hands: accounts[2].outputs.name }

@description('Addresses of the containers of packages, by role.')
output packagesUrls object = {
  ingest: accounts[0].outputs.packagesUrl
  work: accounts[1].outputs.packagesUrl
  hands: accounts[2].outputs.packagesUrl
}

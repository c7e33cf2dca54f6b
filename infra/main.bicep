targetScope = 'subscription'
metadata description = 'Gatehouse on Azure: docs/deploy.md. Parameters for three topologies are in infra/parameters.'

@description('Name of the azd environment; the beginning of every name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Azure region. It has to offer Flex Consumption and, for the backend “scheduler”, Durable Task Scheduler.')
param location string

@description('Who administers PostgreSQL and makes the database roles: objectId, name as the tenant shows it (a user: the user principal name), kind (User, Group, ServicePrincipal).')
param postgresAdministrator object

@description('Addresses of people who deploy, set secrets and make database roles, as CIDR. “none”, or no address, when set-up is done: then only our network is let in.')
param operatorAddresses array = []

@description('Who may call the API, the console and the webhooks, as rules of ipSecurityRestrictions. The default lets in everybody: each request proves itself by a token or a signature. Narrow it where your senders have known addresses.')
param callers array = [
  { name: 'everybody', priority: 100, action: 'Allow', ipAddress: '0.0.0.0/0' }
]

@description('Mail addresses that alerts go to.')
param alertAddresses array = []

@description('Names of the secrets that each app reads from its vault. They are those of config/sources.yaml and config/targets.yaml, and the sealing-key, by which “ingest” shows a pass that “hands” has issued.')
param secrets { ingest: string[], work: string[], hands: string[] } = { ingest: ['sealing-key'], work: [], hands: ['sealing-key'] }

@description('publicUrl: where people reach Gatehouse, empty for the name that Azure gives. graphUrl, ociUrl, adUrl: the systems; empty where there is none. adCaFile: a file of the package with the CA of the directory. tokenAudience: what tokens for the API are issued for. trustedProxies: how many proxies of your own stand before the API. named: settings that the configuration names, such as GATEHOUSE_HR_URL.')
param product { publicUrl: string, graphUrl: string, ociUrl: string, adUrl: string, adCaFile: string, tokenAudience: string, logLevel: string, trustedProxies: int, named: object } = {
  publicUrl: ''
  #disable-next-line no-hardcoded-env-urls
  graphUrl: 'https://graph.microsoft.com'
  ociUrl: ''
  adUrl: ''
  adCaFile: ''
  tokenAudience: 'api://gatehouse'
  logLevel: 'info'
  trustedProxies: 0
  named: {}
}

@description('addressPrefix: our network, a /23 or larger. onPremisesPrefixes: networks on premises. domainControllers: name (within directoryDomain) and address of each. hubNetworkId: a hub with a gateway to peer with. hasVpnGateway: a VPN gateway of our own in its place.')
param network { addressPrefix: string, onPremisesPrefixes: string[], directoryDomain: string, domainControllers: object[], hubNetworkId: string, hasVpnGateway: bool } = {
  addressPrefix: '10.80.0.0/23'
  onPremisesPrefixes: []
  directoryDomain: ''
  domainControllers: []
  hubNetworkId: ''
  hasVpnGateway: false
}

@description('kind: “scheduler” (Durable Task Scheduler) or “storage”. sku: Consumption or Dedicated. retentionDays: how long ended orchestrations are kept. It cannot be changed while runs are under way.')
param durable { kind: 'scheduler' | 'storage', sku: 'Consumption' | 'Dedicated', taskHubName: string, retentionDays: int } = {
  kind: 'scheduler'
  sku: 'Consumption'
  taskHubName: 'gatehouse'
  retentionDays: 30
}

@description('Premium is reached within our network only. Standard costs a fraction and is told apart from the internet by its tokens alone. capacity: messaging units of Premium.')
param serviceBus { sku: 'Standard' | 'Premium', capacity: int } = { sku: 'Premium', capacity: 1 }

@description('sku: compute size, one of those whose connections are known below. isGeoRedundant cannot be changed afterwards.')
param postgres { sku: string, storageGb: int, backupDays: int, isGeoRedundant: bool, isZoneRedundant: bool } = {
  sku: 'Standard_D2ds_v5'
  storageGb: 64
  backupDays: 35
  isGeoRedundant: false
  isZoneRedundant: false
}

@description('Connections that one instance opens at most, by role.')
param databasePool { ingest: int, work: int, hands: int } = { ingest: 4, work: 4, hands: 4 }

@description('maximum: instances at most, by role. memoryMb: of an instance. alwaysReady: groups of functions that never start cold; Graph waits three seconds for an answer. isZoneRedundant: spread over zones.')
param scale { maximum: object, memoryMb: object, alwaysReady: object, isZoneRedundant: bool } = {
  maximum: { ingest: 10, work: 40, hands: 4 }
  memoryMb: { ingest: 2048, work: 2048, hands: 2048 }
  alwaysReady: {
    ingest: [{ name: 'http', instanceCount: 1 }]
    work: [{ name: 'durable', instanceCount: 1 }, { name: 'function:fold-urgent-event', instanceCount: 1 }]
    hands: []
  }
  isZoneRedundant: false
}

@description('Redundancy of the storage accounts.')
param storageSku string = 'Standard_ZRS'

@description('Days that logs are kept.')
param logRetentionDays int = 90

var tags = { 'azd-env-name': environmentName }
var prefix = 'gatehouse-${environmentName}'
var token = take(uniqueString(subscription().id, environmentName, location), 8)
var roles = ['ingest', 'work', 'hands']
// An address that azd was told is “none” closes what is open to people.
var operators = filter(operatorAddresses, address => address != 'none')

// Connections for users by default: https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits#maximum-connections
var userConnections = {
  Standard_B2s: 414
  Standard_B2ms: 844
  Standard_B4ms: 1703
  Standard_D2ds_v5: 844
  Standard_D4ds_v5: 1703
  Standard_D8ds_v5: 3422
  Standard_D16ds_v5: 4985
}
// While an app is updated, old and new instances run side by side; people and migrations need a few as well.
var connectionsForPeople = 20
var connectionsAtMost = (2 * ((scale.maximum.ingest * databasePool.ingest) + (scale.maximum.work * databasePool.work) + (scale.maximum.hands * databasePool.hands))) + connectionsForPeople
var postgresChecked = connectionsAtMost <= (userConnections[?postgres.sku] ?? 0)
  ? postgres
  : fail('Instances times pool come to ${connectionsAtMost} connections, and ${postgres.sku} allows ${userConnections[?postgres.sku] ?? 0}. Lower scale.maximum or databasePool, or take a larger size.')

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${prefix}'
  location: location
  tags: tags
}

module identities 'modules/identity.bicep' = [for role in roles: {
  scope: group
  name: 'identity-${role}'
  params: { name: '${prefix}-${role}', location: location, tags: tags }
}]

module monitoring 'monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: { prefix: prefix, location: location, tags: tags, retentionDays: logRetentionDays, alertAddresses: alertAddresses }
}

module networking 'networking.bicep' = {
  scope: group
  name: 'networking'
  params: { prefix: prefix, location: location, tags: tags, settings: network }
}

module data 'data.bicep' = {
  scope: group
  name: 'data'
  params: {
    prefix: prefix
    token: token
    location: location
    tags: tags
    postgres: postgresChecked
    postgresAdministrator: postgresAdministrator
    serviceBus: serviceBus
    durable: durable
    storageSku: storageSku
    operatorAddresses: operators
    workspaceId: monitoring.outputs.workspaceId
    endpointSubnetId: networking.outputs.endpointSubnetId
    zoneIds: networking.outputs.zoneIds
  }
}

module access 'access.bicep' = {
  scope: group
  name: 'access'
  params: {
    principalIds: { ingest: identities[0].outputs.principalId, work: identities[1].outputs.principalId, hands: identities[2].outputs.principalId }
    accountNames: data.outputs.accountNames
    vaultNames: data.outputs.vaultNames
    namespaceName: data.outputs.namespaceName
    insightsName: monitoring.outputs.insightsName
    schedulerName: data.outputs.schedulerName
    usesScheduler: durable.kind == 'scheduler'
    taskHubName: durable.taskHubName
  }
}

module apps 'apps.bicep' = {
  scope: group
  name: 'apps'
  // An app that starts before it may read its package, its secrets and its queues fails and is started anew.
  dependsOn: [access]
  params: {
    prefix: prefix
    token: token
    location: location
    tags: tags
    identities: {
      ingest: { id: identities[0].outputs.id, clientId: identities[0].outputs.clientId, name: identities[0].outputs.name }
      work: { id: identities[1].outputs.id, clientId: identities[1].outputs.clientId, name: identities[1].outputs.name }
      hands: { id: identities[2].outputs.id, clientId: identities[2].outputs.clientId, name: identities[2].outputs.name }
    }
    subnetIds: networking.outputs.appSubnetIds
    packagesUrls: data.outputs.packagesUrls
    accountNames: data.outputs.accountNames
    vaultNames: data.outputs.vaultNames
    secrets: secrets
    postgresHost: data.outputs.postgresHost
    databaseName: data.outputs.databaseName
    databasePool: databasePool
    namespaceHost: data.outputs.namespaceHost
    schedulerEndpoint: data.outputs.schedulerEndpoint
    taskHubName: durable.taskHubName
    insightsConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    product: product
    scale: scale
    callers: callers
    operatorAddresses: operators
  }
}

module alerts 'alerts.bicep' = {
  scope: group
  name: 'alerts'
  params: {
    prefix: prefix
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    namespaceId: data.outputs.namespaceId
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where people reach Gatehouse.')
output GATEHOUSE_PUBLIC_URL string = apps.outputs.publicUrl

@description('Name of the identity of “ingest”, and of its database role.')
output GATEHOUSE_INGEST_IDENTITY string = identities[0].outputs.name

@description('Object id of the identity of “ingest”, to which scripts/azure/grant-graph.sh grants.')
output GATEHOUSE_INGEST_PRINCIPAL string = identities[0].outputs.principalId

@description('Name of the app “ingest”.')
output GATEHOUSE_INGEST_APP string = apps.outputs.names.ingest

@description('Name of the vault of “ingest”.')
output GATEHOUSE_INGEST_VAULT string = data.outputs.vaultNames.ingest

@description('Name of the identity of “work”, and of its database role.')
output GATEHOUSE_WORK_IDENTITY string = identities[1].outputs.name

@description('Object id of the identity of “work”, to which scripts/azure/grant-graph.sh grants.')
output GATEHOUSE_WORK_PRINCIPAL string = identities[1].outputs.principalId

@description('Name of the app “work”.')
output GATEHOUSE_WORK_APP string = apps.outputs.names.work

@description('Name of the vault of “work”.')
output GATEHOUSE_WORK_VAULT string = data.outputs.vaultNames.work

@description('Name of the identity of “hands”, and of its database role.')
output GATEHOUSE_HANDS_IDENTITY string = identities[2].outputs.name

@description('Object id of the identity of “hands”, to which scripts/azure/grant-graph.sh grants.')
output GATEHOUSE_HANDS_PRINCIPAL string = identities[2].outputs.principalId

@description('Name of the app “hands”.')
output GATEHOUSE_HANDS_APP string = apps.outputs.names.hands

@description('Name of the vault of “hands”.')
output GATEHOUSE_HANDS_VAULT string = data.outputs.vaultNames.hands

@description('Client id of the identity of “work”, by which Exchange knows it.')
output GATEHOUSE_WORK_CLIENT string = identities[1].outputs.clientId

@description('Client id of the identity of “hands”, by which Exchange knows it.')
output GATEHOUSE_HANDS_CLIENT string = identities[2].outputs.clientId

@description('Host name of PostgreSQL.')
output GATEHOUSE_DATABASE_HOST string = data.outputs.postgresHost

@description('Name of the PostgreSQL server.')
output GATEHOUSE_DATABASE_SERVER string = data.outputs.postgresName

@description('The address from which the apps reach the internet.')
output GATEHOUSE_OUTBOUND_ADDRESS string = networking.outputs.outboundAddress

metadata description = 'The network, the way out, and the way on premises.'

@description('Beginning of every name.')
param prefix string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Address space, subnets, and what is known of the networks on premises (main.bicep says what each key means).')
param settings object

var hasDirectory = !empty(settings.domainControllers)
var controllerAddresses = map(settings.domainControllers, controller => controller.address)
// Only these speak LDAPS; “ingest”, which the internet reaches, gets nowhere on premises.
var reachesControllers = { ingest: [], work: controllerAddresses, hands: controllerAddresses }

module securityGroups 'modules/nsg.bicep' = [for role in ['ingest', 'work', 'hands']: {
  name: 'nsg-${role}'
  params: {
    name: '${prefix}-${role}-nsg'
    location: location
    tags: tags
    onPremisesPrefixes: settings.onPremisesPrefixes
    domainControllers: reachesControllers[role]
  }
}]

module natGateway 'modules/nat-gateway.bicep' = {
  name: 'nat-gateway'
  params: { name: '${prefix}-nat', location: location, tags: tags }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: '${prefix}-network'
    location: location
    tags: tags
    addressPrefix: settings.addressPrefix
    securityGroups: { ingest: securityGroups[0].outputs.id, work: securityGroups[1].outputs.id, hands: securityGroups[2].outputs.id }
    natGatewayId: natGateway.outputs.id
  }
}

module hub 'modules/hub-peering.bicep' = if (!empty(settings.hubNetworkId)) {
  name: 'hub-peering'
  params: { networkName: network.outputs.name, hubNetworkId: settings.hubNetworkId }
}

module vpn 'modules/vpn-gateway.bicep' = if (settings.hasVpnGateway) {
  name: 'vpn-gateway'
  params: { name: '${prefix}-vpn', location: location, tags: tags, subnetId: network.outputs.gatewaySubnetId }
}

// The names of the domain controllers stand in their certificates, so they are found by name, without a resolver on premises.
module directoryNames 'modules/private-dns-zone.bicep' = if (hasDirectory) {
  name: 'dns-directory'
  params: {
    name: hasDirectory ? settings.directoryDomain : 'none.invalid'
    tags: tags
    networkId: network.outputs.id
    hosts: settings.domainControllers
  }
}

// Zones: https://learn.microsoft.com/azure/private-link/private-endpoint-dns. The scheduler's: https://learn.microsoft.com/azure/azure-functions/durable/durable-task-scheduler/durable-task-scheduler-private-endpoints
var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.queue.${environment().suffixes.storage}'
  'privatelink.table.${environment().suffixes.storage}'
  'privatelink.vaultcore.azure.net'
  'privatelink.servicebus.windows.net'
  'privatelink.postgres.database.azure.com'
  'privatelink.durabletask.io'
]

module zones 'modules/private-dns-zone.bicep' = [for (zone, place) in zoneNames: {
  name: 'dns-${place}'
  params: { name: zone, tags: tags, networkId: network.outputs.id }
}]

@description('Resource ids of the subnets of the function apps, by role.')
output appSubnetIds object = network.outputs.appSubnetIds

@description('Resource id of the subnet of the private endpoints.')
output endpointSubnetId string = network.outputs.endpointSubnetId

@description('Resource ids of the private DNS zones.')
output zoneIds object = {
  blob: zones[0].outputs.id
  queue: zones[1].outputs.id
  table: zones[2].outputs.id
  vault: zones[3].outputs.id
  serviceBus: zones[4].outputs.id
  postgres: zones[5].outputs.id
  durable: zones[6].outputs.id
}

@description('The address from which the apps reach the internet.')
output outboundAddress string = natGateway.outputs.address

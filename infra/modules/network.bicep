metadata description = 'The virtual network: a subnet for each function app, one for private endpoints, one for a gateway.'

@description('Name of the network.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Address space, a /23 at least. The subnets are cut from its beginning.')
param addressPrefix string

@description('Network security groups of the apps, by role.')
param securityGroups object

@description('Resource id of the NAT gateway.')
param natGatewayId string

// Flex Consumption wants a subnet delegated to Microsoft.App/environments, without an underscore in its name: https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#considerations
var roles = ['ingest', 'work', 'hands']
var appSubnets = [for (role, place) in roles: {
  name: role
  properties: {
    addressPrefix: cidrSubnet(addressPrefix, 26, place)
    networkSecurityGroup: { id: securityGroups[role] }
    natGateway: { id: natGatewayId }
    delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
  }
}]
var otherSubnets = [
  { name: 'endpoints', properties: { addressPrefix: cidrSubnet(addressPrefix, 26, 3) } }
  { name: 'GatewaySubnet', properties: { addressPrefix: cidrSubnet(addressPrefix, 27, 8) } }
]

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/virtualnetworks
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: concat(appSubnets, otherSubnets)
  }
}

@description('Resource id of the network.')
output id string = network.id

@description('Name of the network.')
output name string = network.name

@description('Resource ids of the subnets of the function apps, by role.')
output appSubnetIds object = {
  ingest: '${network.id}/subnets/ingest'
  work: '${network.id}/subnets/work'
  hands: '${network.id}/subnets/hands'
}

@description('Resource id of the subnet of the private endpoints.')
output endpointSubnetId string = '${network.id}/subnets/endpoints'

@description('Resource id of the subnet of a gateway.')
output gatewaySubnetId string = '${network.id}/subnets/GatewaySubnet'

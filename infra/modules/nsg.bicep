metadata description = 'What the subnet of one function app may open: on-premises only where the app has to speak LDAPS there.'

@description('Name of the network security group.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Address prefixes of the networks on premises; empty where there are none.')
param onPremisesPrefixes array

@description('Addresses of the domain controllers that this app may reach by LDAPS; empty: none.')
param domainControllers array

var ldaps = empty(domainControllers) ? [] : [
  {
    name: 'ldaps-to-domain-controllers'
    properties: {
      priority: 100
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefixes: domainControllers
      destinationPortRange: '636'
    }
  }
]
var nothingElse = empty(onPremisesPrefixes) ? [] : [
  {
    name: 'nothing-else-on-premises'
    properties: {
      priority: 200
      direction: 'Outbound'
      access: 'Deny'
      protocol: '*'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefixes: onPremisesPrefixes
      destinationPortRange: '*'
    }
  }
]

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/networksecuritygroups
resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: { securityRules: concat(ldaps, nothingElse) }
}

@description('Resource id, by which a subnet is given the group.')
output id string = group.id

metadata description = 'A private DNS zone that our network resolves by.'

@description('Name of the zone, such as privatelink.vaultcore.azure.net.')
param name string

@description('Tags of every resource.')
param tags object

@description('Resource id of our network.')
param networkId string

@description('Hosts of the zone that are not registered by a private endpoint: name and address of each.')
param hosts array = []

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-06-01/privatednszones
resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: 'gatehouse'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}

resource records 'Microsoft.Network/privateDnsZones/A@2024-06-01' = [for host in hosts: {
  parent: zone
  name: host.name
  properties: {
    ttl: 300
    aRecords: [{ ipv4Address: host.address }]
  }
}]

@description('Resource id of the zone.')
output id string = zone.id

metadata description = 'The address of one service within our network.'

@description('Name of the endpoint.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the subnet of the private endpoints.')
param subnetId string

@description('Resource id of the service.')
param serviceId string

@description('Which part of the service: its private link subresource.')
param subresource string

@description('Resource id of the private DNS zone in which it is found.')
param zoneId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/privateendpoints
resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [subresource]
        }
      }
    ]
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'default', properties: { privateDnsZoneId: zoneId } }] }
}

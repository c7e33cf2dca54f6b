metadata description = 'The one address from which the apps reach the internet: Graph, OCI, HR. Others can put it on their allow list.'

@description('Name of the gateway.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/publicipaddresses
resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-ip'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/natgateways
resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

@description('Resource id, by which a subnet is given the gateway.')
output id string = gateway.id

@description('The address that others see.')
output address string = address.properties.ipAddress

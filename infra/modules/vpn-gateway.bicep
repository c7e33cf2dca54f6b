metadata description = 'A VPN gateway of our own, for those who have no hub. The connection has a shared key, so it is made by hand and not here: docs/deploy.md.'

@description('Name of the gateway.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the subnet named GatewaySubnet.')
param subnetId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/publicipaddresses
resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-ip'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  zones: ['1', '2', '3']
  properties: { publicIPAllocationMethod: 'Static' }
}

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/virtualnetworkgateways
resource gateway 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    gatewayType: 'Vpn'
    vpnType: 'RouteBased'
    sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: { id: subnetId }
          publicIPAddress: { id: address.id }
        }
      }
    ]
  }
}

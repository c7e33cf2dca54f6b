metadata description = 'The way on premises through a hub that has an ExpressRoute or VPN gateway. The hub needs the other half of the peering, with gateway transit allowed.'

@description('Name of our network.')
param networkName string

@description('Resource id of the hub network.')
param hubNetworkId string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: networkName
}

// Shape: https://learn.microsoft.com/azure/templates/microsoft.network/2024-05-01/virtualnetworks/virtualnetworkpeerings
resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: network
  name: 'to-hub'
  properties: {
    remoteVirtualNetwork: { id: hubNetworkId }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: true
  }
}

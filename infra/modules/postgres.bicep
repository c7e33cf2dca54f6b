metadata description = 'Azure Database for PostgreSQL, Flexible Server. It knows Entra identities only: there is no password.'

@description('Name of the server.')
@minLength(3)
@maxLength(63)
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Compute size, such as Standard_D2ds_v5. Those that begin with Standard_B are burstable.')
param sku string

@description('Size of the disk. It grows by itself and never shrinks.')
@minValue(32)
param storageGb int

@description('Days for which the server can be put back to any second.')
@minValue(7)
@maxValue(35)
param backupDays int

@description('Whether backups go to the paired region too. It cannot be changed afterwards.')
param isGeoRedundant bool

@description('Whether a second server stands by in another zone.')
param isZoneRedundant bool

@description('Who administers the server: object id, name as the tenant shows it, and kind (User, Group, ServicePrincipal).')
param administrator object

@description('Addresses from which the administrator may connect, as CIDR; empty: from our network only.')
param operatorAddresses array

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.dbforpostgresql/2024-08-01/flexibleservers
resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: startsWith(sku, 'Standard_B') ? 'Burstable' : startsWith(sku, 'Standard_E') ? 'MemoryOptimized' : 'GeneralPurpose' }
  properties: {
    version: '16'
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }
    storage: { storageSizeGB: storageGb, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: backupDays, geoRedundantBackup: isGeoRedundant ? 'Enabled' : 'Disabled' }
    highAvailability: { mode: isZoneRedundant ? 'ZoneRedundant' : 'Disabled' }
    network: { publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled' }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'gatehouse'
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

// One change at a time: the server refuses a second while the first is under way.
resource admin 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: administrator.objectId
  properties: { principalName: administrator.name, principalType: administrator.kind, tenantId: tenant().tenantId }
  dependsOn: [database]
}

@batchSize(1)
resource firewall 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = [for (address, place) in operatorAddresses: {
  parent: server
  name: 'operator-${place}'
  properties: { startIpAddress: parseCidr(address).network, endIpAddress: parseCidr(address).broadcast ?? parseCidr(address).network }
  dependsOn: [admin]
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'gatehouse'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the server.')
output id string = server.id

@description('Name of the server.')
output name string = server.name

@description('Host name of the server.')
output hostName string = server.properties.fullyQualifiedDomainName

@description('Name of the database.')
output databaseName string = database.name

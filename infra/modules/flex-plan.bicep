metadata description = 'A Flex Consumption plan. It takes one function app.'

@description('Name of the plan.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Whether instances are spread over zones; each always-ready group then has two instances at least.')
param isZoneRedundant bool

// Shape: https://learn.microsoft.com/azure/templates/microsoft.web/2025-03-01/serverfarms
resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: isZoneRedundant }
}

@description('Resource id of the plan.')
output id string = plan.id

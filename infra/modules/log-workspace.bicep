metadata description = 'The Log Analytics workspace that everything logs to.'

@description('Name of the workspace.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

// Shape: https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/2023-09-01/workspaces
resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    retentionInDays: retentionDays
    sku: { name: 'PerGB2018' }
    // Nobody writes or reads with a key of the workspace.
    features: { disableLocalAuth: true }
  }
}

@description('Resource id, to which diagnostic settings send.')
output id string = workspace.id

metadata description = 'Application Insights, on the workspace. Telemetry is taken with an Entra token only.'

@description('Name of the component.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.insights/2020-02-02/components
resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
    // https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication: without it the connection string alone lets anybody write.
    DisableLocalAuth: true
  }
}

@description('Resource id of the component.')
output id string = component.id

@description('Name of the component.')
output name string = component.name

@description('Where telemetry is sent. No secret: local authentication is off.')
output connectionString string = component.properties.ConnectionString

metadata description = 'What is watched, and who is told: workspace, Application Insights, the workbook, the people.'

@description('Beginning of every name.')
param prefix string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Days that logs are kept.')
param retentionDays int

@description('Mail addresses that alerts go to.')
param alertAddresses array

module workspace 'modules/log-workspace.bicep' = {
  name: 'log-workspace'
  params: { name: '${prefix}-logs', location: location, tags: tags, retentionDays: retentionDays }
}

module insights 'modules/app-insights.bicep' = {
  name: 'app-insights'
  params: { name: '${prefix}-insights', location: location, tags: tags, workspaceId: workspace.outputs.id }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: { location: location, tags: tags, sourceId: insights.outputs.id }
}

module people 'modules/action-group.bicep' = {
  name: 'action-group'
  params: { name: '${prefix}-operators', tags: tags, addresses: alertAddresses }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.outputs.id

@description('Resource id of the Application Insights component.')
output insightsId string = insights.outputs.id

@description('Name of the Application Insights component.')
output insightsName string = insights.outputs.name

@description('Where telemetry is sent.')
output connectionString string = insights.outputs.connectionString

@description('Resource id of the action group.')
output actionGroupId string = people.outputs.id

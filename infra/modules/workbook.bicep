metadata description = 'The workbook that shows runs, queues, quota and brakes.'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Application Insights component that it reads.')
param sourceId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.insights/2022-04-01/workbooks
resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(sourceId, 'gatehouse')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Gatehouse'
    category: 'workbook'
    sourceId: sourceId
    serializedData: loadTextContent('../workbook.json')
  }
}

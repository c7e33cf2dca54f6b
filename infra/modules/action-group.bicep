metadata description = 'Who is told when an alert fires.'

@description('Name of the group.')
param name string

@description('Tags of every resource.')
param tags object

@description('Mail addresses that are told.')
param addresses array

// Shape: https://learn.microsoft.com/azure/templates/microsoft.insights/2023-01-01/actiongroups
resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'gatehouse'
    enabled: true
    emailReceivers: map(addresses, address => { name: address, emailAddress: address, useCommonAlertSchema: true })
  }
}

@description('Resource id of the group.')
output id string = group.id

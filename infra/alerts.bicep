metadata description = 'The alerts. Their queries are in infra/queries, what to do is in docs/operations.md.'

@description('Beginning of every name.')
param prefix string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Application Insights component.')
param insightsId string

@description('Resource id of the Service Bus namespace.')
param namespaceId string

@description('Resource id of the action group.')
param actionGroupId string

var queries = [
  {
    name: 'brake-tripped'
    severity: 1
    every: 'PT5M'
    window: 'PT10M'
    says: 'A brake holds runs back. Look at what wants to change so many people, then resume or cancel the hold.'
    query: loadTextContent('queries/alert-brake-tripped.kql')
  }
  {
    name: 'run-unknown'
    severity: 1
    every: 'PT15M'
    window: 'PT2H'
    says: 'A run has not known for an hour whether a change was made. Look in the target, then retry the run.'
    query: loadTextContent('queries/alert-run-unknown.kql')
  }
  {
    name: 'subscription-overdue'
    severity: 2
    every: 'PT15M'
    window: 'PT2H'
    says: 'A tenant tells nothing any more: its subscription was not renewed in time.'
    query: loadTextContent('queries/alert-subscription-overdue.kql')
  }
  {
    name: 'sweep-overdue'
    severity: 2
    every: 'PT1H'
    window: 'P1D'
    says: 'The nightly sweep of leavers has not ended in time.'
    query: loadTextContent('queries/alert-sweep-overdue.kql')
  }
  {
    name: 'quota'
    severity: 2
    every: 'PT5M'
    window: 'PT30M'
    says: 'More than 80 % of a quota is used. Spread what is planned, or turn it down.'
    query: loadTextContent('queries/alert-quota.kql')
  }
]

module onQuery 'modules/alert-on-query.bicep' = [for alert in queries: {
  name: 'alert-${alert.name}'
  params: {
    name: '${prefix}-${alert.name}'
    location: location
    tags: tags
    says: alert.says
    severity: alert.severity
    query: alert.query
    every: alert.every
    window: alert.window
    sourceId: insightsId
    actionGroupId: actionGroupId
  }
}]

module deadLetters 'modules/alert-on-dead-letters.bicep' = {
  name: 'alert-dead-letters'
  params: {
    name: '${prefix}-dead-letters'
    tags: tags
    says: 'A message was given up. List dead letters, see why, and replay them.'
    namespaceId: namespaceId
    actionGroupId: actionGroupId
  }
}

metadata description = 'An alert that fires while a query finds anything.'

@description('Name of the alert.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What it means, and what to do.')
param says string

@description('0 critical, 1 error, 2 warning.')
@minValue(0)
@maxValue(4)
param severity int

@description('The query, in KQL. Every row is a reason to fire.')
param query string

@description('How often it is asked, as an ISO 8601 duration.')
param every string

@description('Over how long a time it looks, as an ISO 8601 duration.')
param window string

@description('Resource id of the Application Insights component that is asked.')
param sourceId string

@description('Resource id of the action group.')
param actionGroupId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.insights/2023-12-01/scheduledqueryrules
resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    displayName: name
    description: says
    severity: severity
    enabled: true
    scopes: [sourceId]
    evaluationFrequency: every
    windowSize: window
    autoMitigate: true
    // The tables of a query may be new and empty when the alert is made.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

metadata description = 'An alert that fires while any queue holds dead letters.'

@description('Name of the alert.')
param name string

@description('Tags of every resource.')
param tags object

@description('What it means, and what to do.')
param says string

@description('Resource id of the Service Bus namespace.')
param namespaceId string

@description('Resource id of the action group.')
param actionGroupId string

// Shape: https://learn.microsoft.com/azure/templates/microsoft.insights/2018-03-01/metricalerts
// Metric and its dimension: https://learn.microsoft.com/azure/service-bus-messaging/monitor-service-bus-reference#supported-metrics-for-microsoftservicebusnamespaces
resource alert 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    description: says
    severity: 1
    enabled: true
    scopes: [namespaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}

metadata description = 'The three function apps: one package, three roles, three identities.'

@description('Beginning of every name.')
param prefix string

@description('Makes names unique that all of Azure shares.')
param token string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Identities by role: id, clientId, name.')
param identities object

@description('Resource ids of the subnets, by role.')
param subnetIds object

@description('Addresses of the containers of packages, by role.')
param packagesUrls object

@description('Names of the storage accounts, by role.')
param accountNames object

@description('Names of the vaults, by role.')
param vaultNames object

@description('Names of the secrets that each app reads from its vault, by role. A secret “hr-api” becomes the setting GATEHOUSE_SECRET_HR_API.')
param secrets object

@description('Host name of PostgreSQL.')
param postgresHost string

@description('Name of the database.')
param databaseName string

@description('Connections of one instance, by role.')
param databasePool object

@description('Host name of the Service Bus namespace.')
param namespaceHost string

@description('Address of the Durable Task Scheduler; empty with the Storage backend.')
param schedulerEndpoint string

@description('Name of the task hub.')
param taskHubName string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Addresses of systems and of Gatehouse itself, and what tokens have to say (main.bicep says what each key means).')
param product object

@description('Instances: maximum and memoryMb by role, alwaysReady by role, isZoneRedundant.')
param scale object

@description('Who may call “ingest”, as rules of ipSecurityRestrictions.')
param callers array

@description('Addresses that may deploy, as CIDR.')
param operatorAddresses array

var roles = ['ingest', 'work', 'hands']
var ingestHost = '${prefix}-ingest-${token}.azurewebsites.net'


// What each app is told. docs/settings.md says what every setting means; test/infra compares both.
var common = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  AzureWebJobsStorage__credential: 'managedidentity'
  GATEHOUSE_CONFIG_DIR: 'config'
  GATEHOUSE_DATABASE_LOGIN: 'identity'
  GATEHOUSE_DATA_DIR: '/tmp/gatehouse'
  GATEHOUSE_LOG_LEVEL: product.logLevel
  GATEHOUSE_PUBLIC_URL: empty(product.publicUrl) ? 'https://${ingestHost}' : product.publicUrl
  GATEHOUSE_SERVICEBUS__credential: 'managedidentity'
  GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace: namespaceHost
}
var withCallers = {
  GATEHOUSE_TENANT: tenant().tenantId
  GATEHOUSE_TOKEN_AUDIENCE: product.tokenAudience
  GATEHOUSE_TOKEN_ISSUER: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
}
var withTargets = union(
  { GATEHOUSE_GRAPH_URL: product.graphUrl },
  empty(product.ociUrl) ? {} : { GATEHOUSE_OCI_URL: product.ociUrl },
  empty(product.adUrl) ? {} : { GATEHOUSE_AD_URL: product.adUrl },
  empty(product.adCaFile) ? {} : { GATEHOUSE_AD_CA: product.adCaFile }
)
var perRole = [for role in roles: {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identities[role].clientId}'
  AZURE_CLIENT_ID: identities[role].clientId
  AzureWebJobsStorage__accountName: accountNames[role]
  AzureWebJobsStorage__clientId: identities[role].clientId
  DATABASE_URL: 'postgresql://${identities[role].name}@${postgresHost}:5432/${databaseName}'
  GATEHOUSE_DATABASE_POOL: string(databasePool[role])
  // The identity may read what its vault holds, and so when that ends.
  GATEHOUSE_KEY_VAULT_URL: 'https://${vaultNames[role]}${environment().suffixes.keyvaultDns}'
  GATEHOUSE_ROLE: role
  GATEHOUSE_SERVICEBUS__clientId: identities[role].clientId
}]

var onlyIngest = { GATEHOUSE_TRUSTED_PROXIES: string(product.trustedProxies) }

// host.json names no backend; these settings do: https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values
var durable = empty(schedulerEndpoint) ? {
  AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
} : {
  AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identities.work.clientId}'
  TASKHUB_NAME: taskHubName
}

// Form of a reference: https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
var secretSettings = [for role in roles: toObject(
  secrets[role],
  name => 'GATEHOUSE_SECRET_${toUpper(replace(name, '-', '_'))}',
  name => '@Microsoft.KeyVault(VaultName=${vaultNames[role]};SecretName=${name})'
)]

module plans 'modules/flex-plan.bicep' = [for role in roles: {
  name: 'plan-${role}'
  params: { name: '${prefix}-${role}-plan', location: location, tags: tags, isZoneRedundant: scale.isZoneRedundant }
}]

module apps 'modules/function-app.bicep' = [for (role, place) in roles: {
  name: 'app-${role}'
  params: {
    name: '${prefix}-${role}-${token}'
    location: location
    tags: tags
    serviceName: role
    planId: plans[place].outputs.id
    identityId: identities[role].id
    subnetId: subnetIds[role]
    packagesUrl: packagesUrls[role]
    settings: union(common, perRole[place], role == 'hands' ? {} : withCallers, role == 'ingest' ? onlyIngest : withTargets, role == 'work' ? durable : {}, secretSettings[place], product.named)
    memoryMb: scale.memoryMb[role]
    maximumInstances: scale.maximum[role]
    alwaysReady: scale.alwaysReady[role]
    // Nobody calls “work” and “hands”. The management endpoints of Durable Functions are on “work”, and pass by the gate and the audit.
    callers: role == 'ingest' ? callers : []
    deployers: operatorAddresses
    workspaceId: workspaceId
  }
}]

@description('Names of the apps, by role.')
output names object = { ingest: apps[0].outputs.name, work: apps[1].outputs.name, hands: apps[2].outputs.name }

@description('Where people reach Gatehouse.')
output publicUrl string = empty(product.publicUrl) ? 'https://${apps[0].outputs.hostName}' : product.publicUrl

import { everyApp, type AzureApp } from './setting-facts.ts';

/** A setting that the Functions host or Azure reads, and the product never does. */
export type HostSetting = {
  readonly name: string;
  readonly says: string;
  readonly apps: readonly AzureApp[];
  /** The page that describes it. */ readonly source: string;
};

const reference = 'https://learn.microsoft.com/azure/azure-functions/functions-app-settings';
const identities = 'https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection';
const scheduler = 'https://learn.microsoft.com/azure/azure-functions/durable/durable-task-scheduler/durable-task-scheduler-identity';

const storage = [
  ['accountName', "the storage account of the host: keys, timers' locks, and durable state where the backend is Storage"],
  ['blobServiceUri', "its blobs, in the place of the account's name where private endpoints or another cloud need addresses"],
  ['queueServiceUri', 'its queues, likewise'],
  ['tableServiceUri', 'its tables, likewise'],
  ['credential', '`managedidentity`'],
  ['clientId', 'the client id of the user-assigned identity'],
] as const;

/** What infra may set besides the product's own settings: each is read by the platform alone. On Flex Consumption the runtime, its version and the scale are no settings, but properties of the app. */
export const hostSettings: readonly HostSetting[] = [
  ...storage.map(([key, says]) => ({ name: `AzureWebJobsStorage__${key}`, says, apps: everyApp, source: identities })),
  {
    name: 'GATEHOUSE_SERVICEBUS__credential',
    says: '`managedidentity`: how the triggers sign in to the namespace',
    apps: everyApp,
    source: identities,
  },
  {
    name: 'GATEHOUSE_SERVICEBUS__clientId',
    says: 'the client id of the identity that they sign in as',
    apps: everyApp,
    source: identities,
  },
  {
    name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING',
    says: 'the address of the Durable Task Scheduler and the identity: `Endpoint=…;Authentication=ManagedIdentity;ClientID=…`. It holds no key',
    apps: ['ingest', 'work'],
    source: scheduler,
  },
  { name: 'TASKHUB_NAME', says: 'the task hub in it', apps: ['ingest', 'work'], source: scheduler },
  {
    name: 'FUNCTIONS_EXTENSION_VERSION',
    says: 'the version of the host, `~4`; not on Flex Consumption',
    apps: everyApp,
    source: reference,
  },
  { name: 'FUNCTIONS_WORKER_RUNTIME', says: '`node`; not on Flex Consumption', apps: everyApp, source: reference },
  { name: 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', says: 'the largest body of a request, in bytes', apps: ['ingest'], source: reference },
  {
    name: 'AzureFunctionsJobHost__logging__logLevel__default',
    says: 'the level of the log of the host',
    apps: everyApp,
    source: reference,
  },
  { name: 'languageWorkers__node__arguments', says: 'options of Node for the worker', apps: everyApp, source: reference },
  { name: 'WEBSITE_RUN_FROM_PACKAGE', says: 'where the package is; not on Flex Consumption', apps: everyApp, source: reference },
  {
    name: 'IDENTITY_ENDPOINT',
    says: 'set by Azure: where the managed identity gets its tokens',
    apps: [],
    source: 'https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference',
  },
  {
    name: 'IDENTITY_HEADER',
    says: 'set by Azure: what the process proves itself with there',
    apps: [],
    source: 'https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference',
  },
];

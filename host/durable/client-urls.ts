/** Paths of the durable HTTP API: the public one, which needs the key, and the one for the app's own durable clients. */
export const WEBHOOK_PATH = '/runtime/webhooks/durabletask';
export const RPC_PATH = '/durabletask';

/** Where the durable API of this host is. `key` is its system key. `rpcSecret` stands in the path of the RPC address, because the client sends no other credential there. */
export type DurableAddress = { readonly url: string; readonly hubName: string; readonly key: string; readonly rpcSecret: string };

/** The management addresses of an instance (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api). */
export function managementUrls(address: DurableAddress, id: string): Readonly<Record<string, string>> {
  const instance = `${address.url}${WEBHOOK_PATH}/instances/${id}`;
  const query = `taskHub=${address.hubName}&connection=Storage&code=${address.key}`;
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/**
 * The input of a `durableClient` binding, as JSON (extension, `Bindings/BindingHelper.cs`, `DurableOrchestrationClientToString`).
 * With `rpcBaseUrl` the client of `durable-functions` 3 speaks to the host without templates.
 */
export function durableClientInput(address: DurableAddress): string {
  const start = `${address.url}${WEBHOOK_PATH}/orchestrators/{functionName}[/{instanceId}]`;
  return JSON.stringify({
    taskHubName: address.hubName,
    creationUrls: {
      createNewInstancePostUri: `${start}?code=${address.key}`,
      createAndWaitOnNewInstancePostUri: `${start}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&code=${address.key}`,
    },
    managementUrls: managementUrls(address, 'INSTANCEID'),
    baseUrl: `${address.url}${WEBHOOK_PATH}`,
    requiredQueryStringParameters: `code=${address.key}`,
    rpcBaseUrl: `${address.url}${RPC_PATH}/${address.rpcSecret}/`,
  });
}

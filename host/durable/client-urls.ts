/** Paths of the durable HTTP API: the public one, which needs the key, and the one for the app's own durable clients. */
export const WEBHOOK_PATH = '/runtime/webhooks/durabletask';
export const RPC_PATH = '/durabletask';

/** Where the durable API of this host is. */
export type DurableAddress = {
  readonly url: string;
  /** Answers name the host that a proxy says it was asked for (host.json, `httpSettings.useForwardedHost`). */
  readonly usesForwardedHost?: boolean;
  readonly hubName: string;
  /** The system key. */
  readonly key: string;
  /** Stands in the path of the RPC address, because the client sends no other credential there. */
  readonly rpcSecret: string;
};

/** The management addresses of an instance, whose id is in the form that an address needs (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api). */
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

/** What the answer to a start holds: the id, and all addresses but that of rewinding (extension, `HttpApiHandler.CreateCheckStatusResponseMessage`). */
export function checkStatusUrls(address: DurableAddress, id: string): Readonly<Record<string, string>> {
  // As .NET's `WebUtility.UrlEncode`, which writes a space as a plus.
  const { rewindPostUri: _, ...urls } = managementUrls(address, encodeURIComponent(id).replaceAll('%20', '+'));
  return { ...urls, id };
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

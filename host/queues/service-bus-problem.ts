import type { AppFunction } from '../worker/app-registry.ts';
import type { RpcBinding } from '../worker/rpc-types.ts';

/** What of a function's Service Bus bindings this host does not offer, as the end of a sentence; `undefined` where there is nothing. */
export function serviceBusProblem({ triggerType, trigger, metadata }: AppFunction): string | undefined {
  if (triggerType === 'servicebustrigger') {
    if (trigger['sdkBinding'] === true)
      return 'asks for the messages of the SDK (sdkBinding), which this host does not offer. Leave it out: the function gets the body, and the rest in context.triggerMetadata.';
    if (!isText(trigger['queueName']) && !(isText(trigger['topicName']) && isText(trigger['subscriptionName'])))
      return 'has a Service Bus trigger without a queueName, or a topicName and a subscriptionName. Name them.';
  }
  const outputs = Object.values(metadata.bindings).filter(isServiceBusOutput);
  if (outputs.every((output) => isText(output['queueName']) || isText(output['topicName']))) return undefined;
  return 'has a Service Bus output without a queueName or topicName. Name one.';
}

/** Whether a binding sends what the function gives back to a queue or topic. */
export function isServiceBusOutput(binding: RpcBinding): boolean {
  return binding.direction === 'out' && binding.type?.toLowerCase() === 'servicebus';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

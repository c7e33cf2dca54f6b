import { Refusal } from '../refusal.ts';

/** What a link's address names. `path` is the path of a queue, topic, subscription or dead-letter queue, not checked to exist. */
export type Address =
  | { readonly is: 'claims' }
  | { readonly is: 'management'; readonly path: string }
  | { readonly is: 'entity'; readonly path: string };

const CLAIMS = '$cbs';
const MANAGEMENT = '/$management';

/**
 * Reads an address: `queue`, `topic/Subscriptions/name`, either with `/$deadletterqueue`, all with `/$management`, or `$cbs`; case does not count
 * ("AMQP in Azure Service Bus: protocol guide" and "AMQP request-response operations" on learn.microsoft.com).
 */
export function readAddress(address: string | undefined): Address {
  const path = (address ?? '').replace(/^\/+/, '');
  const lower = path.toLowerCase();
  if (lower === CLAIMS) return { is: 'claims' };
  if (lower.endsWith(MANAGEMENT)) return { is: 'management', path: path.slice(0, -MANAGEMENT.length) };
  return { is: 'entity', path };
}

/** The refusal for a path that leads nowhere; the client library recognises it by the words "messaging entity ... could not be found". */
export function notFound(path: string): Refusal {
  return new Refusal('amqp:not-found', `The messaging entity '${path}' could not be found. Define it in the endpoint's configuration.`);
}

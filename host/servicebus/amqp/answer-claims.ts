import rhea from 'rhea';
import type { Message } from 'rhea';
import type { Broker } from '../broker/broker.ts';
import { notFound, readAddress } from './address.ts';

/**
 * The answer to a client that presents a token for a queue or topic (`put-token` on `$cbs`). Any token will do: the endpoint listens
 * on the loopback address alone. What does not exist is refused here, as in Azure, so that the client fails at once.
 */
export function answerClaims(broker: Broker, request: Message): Pick<Message, 'application_properties' | 'body'> {
  const audience = String(request.application_properties?.['name'] ?? '');
  const address = readAddress(audience.replace(/^[a-z]+:\/\/[^/]*/i, ''));
  if (address.is !== 'claims' && broker.directory.find(address.path) === undefined) {
    return reply(404, `status-code: 404, status-description: ${notFound(address.path).message}`);
  }
  return reply(202, 'Accepted');
}

function reply(status: number, description: string): Pick<Message, 'application_properties' | 'body'> {
  return { application_properties: { 'status-code': rhea.types.wrap_int(status), 'status-description': description }, body: null };
}

import rhea from 'rhea';
import { asBuffer } from '../message/application-properties.ts';

/** What filters see of a message. Names are in lower case, for they do not count by case; what is absent has no entry. */
export interface FilterableMessage {
  readonly system: ReadonlyMap<string, unknown>;
  readonly user: ReadonlyMap<string, unknown>;
}

/**
 * The names under which filters know the fields of an AMQP message: "Mapping of AMQP properties" in
 * learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide.
 */
const FIELDS: Readonly<Record<string, string>> = {
  contenttype: 'content_type',
  correlationid: 'correlation_id',
  label: 'subject',
  subject: 'subject',
  messageid: 'message_id',
  replyto: 'reply_to',
  replytosessionid: 'reply_to_group_id',
  sessionid: 'group_id',
  to: 'to',
};

/** Whether filters can name this property of a message, in lower case, after `sys.`. */
export function isSystemProperty(name: string): boolean {
  return name in FIELDS;
}

/** An encoded message as filters see it. */
export function filterableMessage(content: Uint8Array): FilterableMessage {
  const message = rhea.message.decode(asBuffer(content));
  const system = Object.entries(FIELDS).map(([name, field]) => [name, textOf(message[field])] as const);
  const user = Object.entries<unknown>(message['application_properties'] ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return { system: new Map(system.filter(([, value]) => value !== undefined)), user: new Map(user) };
}

function textOf(value: unknown): string | undefined {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

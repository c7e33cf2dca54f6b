import rhea from 'rhea';

/** The encoded message with these application properties set besides its own. */
export function withApplicationProperties(content: Uint8Array, properties: Readonly<Record<string, unknown>>): Uint8Array {
  if (Object.keys(properties).length === 0) return content;
  const message = rhea.message.decode(asBuffer(content));
  message['application_properties'] = { ...message['application_properties'], ...properties };
  return rhea.message.encode(message);
}

/** The same bytes as a Buffer, which is what the AMQP library reads. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

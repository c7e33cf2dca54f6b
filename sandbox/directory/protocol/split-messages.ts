/** Collects what arrives on a connection and gives out whole messages. */
export type MessageSplitter = {
  /** The whole messages that are complete now. Throws when the bytes cannot be LDAP, or a message is larger than Active Directory takes. */
  readonly push: (chunk: Buffer) => readonly Buffer[];
};

// MaxReceiveBuffer, the default of Active Directory's LDAP policies.
const largestMessage = 10_485_760;
const sequenceTag = 0x30;

/** Makes a splitter: messages are BER sequences of definite length (RFC 4511 5.1). */
export function splitMessages(): MessageSplitter {
  let pending: Buffer = Buffer.alloc(0);
  return {
    push: (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const messages: Buffer[] = [];
      for (let size = messageSize(pending); size !== undefined && size <= pending.length; size = messageSize(pending)) {
        messages.push(pending.subarray(0, size));
        pending = pending.subarray(size);
      }
      return messages;
    },
  };
}

function messageSize(bytes: Buffer): number | undefined {
  const [tag, first] = bytes;
  if (tag !== undefined && tag !== sequenceTag) throw new Error('The bytes are not an LDAP message.');
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first - 0x80;
  if (count === 0 || count > 4) throw new Error('The length of the message is not definite.');
  if (bytes.length < 2 + count) return undefined;
  const size = 2 + count + bytes.readUIntBE(2, count);
  if (size > largestMessage) throw new Error('The message is too large.');
  return size;
}

import { readFile } from 'node:fs/promises';
import { createServer as createTcp, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket, createSecureContext } from 'node:tls';
import { encodeAnswer } from '../../../sandbox/directory/protocol/encode-answer.ts';
import { decodeMessage } from '../../../sandbox/directory/protocol/decode-message.ts';
import { splitMessages } from '../../../sandbox/directory/protocol/split-messages.ts';
import type { LdapMessage, LdapRequest } from '../../../sandbox/directory/protocol/request.ts';
import type { RunningSamba } from './start-samba.ts';

/** What happens to one request: before the server has seen it, or after it has answered. `status` answers in its place, `silence` never does, `garbage` is not LDAP, and ends the connection. */
export type RelayFault = {
  readonly phase: 'before' | 'after';
  readonly effect:
    | { readonly reset: true }
    | { readonly silence: true }
    | { readonly garbage: true }
    | { readonly status: number; readonly message?: string };
};

/** A relay between the connector and a domain controller: it reads every message, and can let one go wrong. */
export type LdapRelay = {
  readonly url: string;
  /** The next request of this type meets the fault. */
  readonly failNext: (type: AnsweredType, fault: RelayFault) => void;
  /** Types of the requests that came, in order. */
  readonly seen: () => readonly AnsweredType[];
  /** Faults that no request has met. */
  readonly pending: () => number;
  readonly stop: () => Promise<void>;
};

/** Requests that are answered: the others cannot go wrong in a way that anybody sees. */
type AnsweredType = LdapRequest['type'];

type Due = { readonly type: AnsweredType; readonly fault: RelayFault };

/** Starts a relay on a free port, known by the controller's own certificate. */
export async function startLdapRelay({ address, tls, login }: RunningSamba): Promise<LdapRelay> {
  const due: Due[] = [];
  const seen: AnsweredType[] = [];
  const sockets = new Set<Socket>();
  const secureContext = createSecureContext({ cert: tls.certificate, key: tls.key });
  const ca = await readFile(login.caFile);
  const server = createTcp((raw) => {
    const client = new TLSSocket(raw, { isServer: true, secureContext });
    const upstream = connectTls({ host: address, port: 636, ca, servername: login.serverName });
    for (const socket of [raw, client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    }
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    relay(client, upstream, (type) => {
      seen.push(type);
      const at = due.findIndex((one) => one.type === type);
      return at === -1 ? undefined : due.splice(at, 1)[0]?.fault;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ldaps://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext: (type, fault) => void due.push({ type, fault }),
    seen: () => [...seen],
    pending: () => due.length,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

function relay(client: TLSSocket, upstream: TLSSocket, faultOf: (type: AnsweredType) => RelayFault | undefined): void {
  const awaited = new Map<number, { readonly type: AnsweredType; readonly fault: RelayFault }>();
  const requests = splitMessages();
  const answers = splitMessages();
  client.on('data', (bytes: Buffer) => {
    for (const message of requests.push(bytes)) {
      const { id, request } = decodeMessage(message);
      const { type } = request;
      const fault = isAnswered(type) ? faultOf(type) : undefined;
      if (!isAnswered(type) || fault === undefined) upstream.write(message);
      else if (fault.phase === 'before') strike(client, fault, { id, type });
      else {
        awaited.set(id, { type, fault });
        upstream.write(message);
      }
    }
  });
  upstream.on('data', (bytes: Buffer) => {
    for (const message of answers.push(bytes)) {
      const id = idOf(message);
      const struck = awaited.get(id);
      awaited.delete(id);
      if (struck === undefined) client.write(message);
      else strike(client, struck.fault, { id, type: struck.type });
    }
  });
}

function isAnswered(type: LdapMessage['request']['type']): type is AnsweredType {
  return type !== 'unbind' && type !== 'abandon';
}

function strike(client: TLSSocket, { effect }: RelayFault, { id, type }: { readonly id: number; readonly type: AnsweredType }): void {
  if ('reset' in effect) client.destroy();
  else if ('garbage' in effect) client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  else if ('status' in effect) client.write(encodeAnswer(id, type, { result: { code: effect.status, message: effect.message ?? '' } }));
}

/** The message's id: the first INTEGER of the sequence (RFC 4511 section 4.1.1). */
function idOf(message: Buffer): number {
  const lengthBytes = (message[1] ?? 0) < 0x80 ? 0 : (message[1] ?? 0) - 0x80;
  const at = 2 + lengthBytes;
  return message.readUIntBE(at + 2, message[at + 1] ?? 1);
}

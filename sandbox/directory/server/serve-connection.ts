import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import type { World } from '../../foundation/world.ts';
import type { ControllerName } from '../domain.ts';
import { extendedOids } from '../operations/extended.ts';
import type { Session } from '../operations/session.ts';
import { decodeMessage } from '../protocol/decode-message.ts';
import { encodeAnswer, encodeDisconnection } from '../protocol/encode-answer.ts';
import type { LdapMessage, LdapRequest } from '../protocol/request.ts';
import { splitMessages } from '../protocol/split-messages.ts';
import { answerMessage } from './answer-message.ts';

/** What connections share. */
export type ConnectionOptions = {
  readonly world: World;
  readonly controller: ControllerName;
  readonly tls: SecureContext;
  readonly isEncrypted: boolean;
};

const protocolError = 2;

/** True while the settings keep clients from the controller. */
export function isUnreachable(world: World, controller: ControllerName): boolean {
  return world.settings.directory.unreachable.includes(controller);
}

/** Serves one client until it leaves. Requests may be sent without waiting: each is begun as it arrives and answered when it is done. One that was received is carried out
 * even when the connection is lost meanwhile. Bytes that are not LDAP end the connection with a notice (RFC 4511 4.1.1). */
export function serveConnection(socket: Socket, options: ConnectionOptions): void {
  const session: Session = { principal: undefined, isEncrypted: options.isEncrypted };
  attach({ ...options, socket, session, abandoned: new Set(), underWay: new Set() });
}

type Connection = ConnectionOptions & {
  readonly socket: Socket;
  readonly session: Session;
  readonly abandoned: Set<number>;
  readonly underWay: Set<number>;
};

function attach(connection: Connection): void {
  const { socket } = connection;
  const splitter = splitMessages();
  // A client that goes away mid-write is no event: what it asked for is done or recorded.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const bytes of splitter.push(chunk)) receive(connection, decodeMessage(bytes));
    } catch {
      socket.end(encodeDisconnection({ code: protocolError, message: 'The bytes received are not an LDAP request.' }));
    }
  });
}

function receive(connection: Connection, message: LdapMessage): void {
  const { request } = message;
  if (request.type === 'unbind') connection.socket.end();
  else if (request.type === 'abandon') {
    if (connection.underWay.has(request.id)) connection.abandoned.add(request.id);
  } else void answer(connection, message, request);
}

async function answer(connection: Connection, message: LdapMessage, request: LdapRequest): Promise<void> {
  const { socket, world, controller, session, abandoned, underWay } = connection;
  if (isUnreachable(world, controller)) return void socket.destroy();
  underWay.add(message.id);
  const result = await answerMessage({ world, controller, session, isAbandoned: () => abandoned.has(message.id) }, message, request);
  underWay.delete(message.id);
  if (result === 'cut') socket.destroy();
  // No tag of BER: nothing that follows on this connection can be understood.
  if (result === 'garbled') return void socket.end(Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0x00, 0x30, 0x30]));
  if (result === 'cut' || abandoned.delete(message.id) || result === undefined || !socket.writable) return;
  const isTlsStart = request.type === 'extended' && request.oid === extendedOids.startTls && result.result.code === 0;
  // The next bytes are a TLS handshake: nobody may read them as LDAP.
  if (isTlsStart) socket.removeAllListeners('data');
  socket.write(encodeAnswer(message.id, request.type, result));
  if (isTlsStart) startTls(connection);
}

function startTls(connection: Connection): void {
  const secure = new TLSSocket(connection.socket, { isServer: true, secureContext: connection.tls });
  connection.session.isEncrypted = true;
  attach({ ...connection, socket: secure });
}

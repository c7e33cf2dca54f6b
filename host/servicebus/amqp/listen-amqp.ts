import rhea from 'rhea';
import type { Container, EventContext } from 'rhea';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { Broker } from '../broker/broker.ts';
import { LARGEST_MESSAGE_BYTES } from '../message/read-arrival.ts';
import { IncomingMessages } from './incoming-messages.ts';
import { LinkRegistry } from './link-registry.ts';
import { settlementOf } from './outcomes.ts';
import { acknowledgePromptly } from './prompt-acknowledgement.ts';
import { Replies } from './replies.ts';

/** An AMQP endpoint that listens. */
export interface AmqpListener {
  readonly port: number;
  /** How many bytes have gone over the connections that are open. */
  readonly traffic: () => number;
  /** Ends every connection; clients connect again by themselves. */
  readonly dropConnections: () => void;
  /** Ends every connection and listens no more. */
  readonly close: () => Promise<void>;
}

/** Serves a broker over AMQP 1.0 on the loopback address; port 0 takes a free one. Throws an error that names the port when it is in use. */
export async function listenAmqp(broker: Broker, port: number, onProblem: (problem: Error) => void): Promise<AmqpListener> {
  const container = rhea.create_container({
    sender_options: { treat_modified_as_released: false },
    receiver_options: { autoaccept: false, max_message_size: LARGEST_MESSAGE_BYTES },
  });
  container.sasl_server_mechanisms.enable_anonymous();
  serve(container, broker);
  followConnections(container, onProblem);
  const server = container.listen({ host: '127.0.0.1', port });
  const sockets = followSockets(server);
  const bound = await listening(server, port);
  return {
    port: bound,
    traffic: () => [...sockets].reduce((bytes, socket) => bytes + socket.bytesRead + socket.bytesWritten, 0),
    dropConnections: () => sockets.forEach((socket) => socket.destroy()),
    close: () => closeAll(server, sockets),
  };
}

function serve(container: Container, broker: Broker): void {
  const replies = new Replies();
  const links = new LinkRegistry(broker, replies);
  const incoming = new IncomingMessages(broker, replies);
  container.on('sender_open', ({ sender }: EventContext) => sender && links.attach(sender));
  container.on('receiver_open', ({ receiver }: EventContext) => receiver && incoming.attach(receiver));
  container.on('message', ({ receiver, delivery, message }: EventContext) => {
    if (receiver && delivery && message) incoming.take({ receiver, delivery, message });
  });
  for (const event of ['sender_flow', 'sender_draining']) {
    container.on(event, ({ sender }: EventContext) => sender && links.find(sender)?.wake());
  }
  for (const outcome of ['accepted', 'released', 'modified', 'rejected'] as const) {
    container.on(outcome, ({ sender, delivery }: EventContext) => {
      if (sender && delivery) links.find(sender)?.settle(delivery, settlementOf(outcome, delivery.remote_state));
    });
  }
  container.on('sender_close', ({ sender }: EventContext) => sender && links.detach(sender, 'closed'));
  container.on('session_close', ({ session }: EventContext) => session && links.detachAll(session, 'closed'));
  container.on('connection_close', ({ connection }: EventContext) => links.detachAll(connection, 'closed'));
  container.on('disconnected', ({ connection }: EventContext) => links.detachAll(connection, 'cut off'));
}

function followConnections(container: Container, onProblem: (problem: Error) => void): void {
  container.on('connection_open', ({ connection }: EventContext) => {
    const socket: unknown = connection['socket'];
    if (socket instanceof Socket) acknowledgePromptly(socket);
  });
  // A client that breaks the protocol, or an error in serving it, costs that client its connection and nobody else anything.
  container.on('error', onProblem);
  container.on('protocol_error', onProblem);
}

function followSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    // Acknowledgements are small and awaited; they must not be held back to fill a packet.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function listening(server: Server, port: number): Promise<number> {
  try {
    if (!server.listening) await once(server, 'listening');
  } catch (error) {
    const problem =
      error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
        ? 'is in use; stop what uses it or choose another'
        : `cannot be opened: ${String(error)}`;
    throw new Error(`The Service Bus endpoint's port ${port} ${problem}.`, { cause: error });
  }
  return addressOf(server).port;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The Service Bus endpoint does not listen on a port.');
  return address;
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // No close frame: the client library would open the connection anew before the socket has ended.
  for (const socket of sockets) socket.destroySoon();
  await closed;
}

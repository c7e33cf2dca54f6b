import { once } from 'node:events';
import { connect } from 'node:net';
import rhea from 'rhea';
import type { Connection, EventContext, Receiver } from 'rhea';
import { expect, test } from 'vitest';
import { receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';

// What the Azure client library does not show, or hides by trying again: seen with a bare AMQP 1.0 client.

function connectBare(port: number): Connection {
  return rhea.create_container().connect({ host: '127.0.0.1', port, reconnect: false });
}

async function close(connection: Connection): Promise<void> {
  const closed = once(connection, 'connection_close');
  connection.close();
  await closed;
}

function nextMessage(receiver: Receiver): Promise<EventContext> {
  return new Promise((resolve) => receiver.once('message', resolve));
}

async function drained(receiver: Receiver, credit: number): Promise<number> {
  let messages = 0;
  receiver.on('message', () => {
    messages += 1;
  });
  await once(receiver, 'receiver_open');
  receiver.add_credit(credit);
  receiver.drain_credit();
  await once(receiver, 'receiver_drained');
  return messages;
}

test.each([
  ['nothing', 0, 5],
  ['less than the credit', 2, 5],
  ['exactly the credit', 2, 2],
  ['more than the credit', 4, 2],
])('a drain is answered after what there is, when there is %s', async (_, waiting, credit) => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages(Array.from({ length: waiting }, () => ({ body: 1 })));
  const connection = connectBare(bus.endpoint.port);
  const receiver = connection.open_receiver({ source: 'events', credit_window: 0, autoaccept: false });
  expect(await drained(receiver, credit)).toBe(Math.min(waiting, credit));
  await close(connection);
});

test('a released message is available again', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const connection = connectBare(bus.endpoint.port);
  const receiver = connection.open_receiver({ source: 'events', credit_window: 0, autoaccept: false, rcv_settle_mode: 1 });
  receiver.add_credit(1);
  const { delivery } = await nextMessage(receiver);
  delivery?.release();
  expect(await receiveOne(bus.client.createReceiver('events'))).toMatchObject({ body: 1, deliveryCount: 1 });
  await close(connection);
});

test('a client that goes away while it waits for a session does not take one', async () => {
  await using bus = await serviceBus([{ name: 'lifecycle', requiresSession: true }]);
  const connection = connectBare(bus.endpoint.port);
  connection.open_receiver({ source: { address: 'lifecycle', filter: { 'com.microsoft:session-filter': null } }, credit_window: 0 });
  await once(connection, 'connection_open');
  const next = bus.client.acceptNextSession('lifecycle');
  await close(connection);
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  expect(await takeBodies(await next, 1)).toEqual([1]);
});

test('a session is free again when the connection of its holder is cut', async () => {
  await using bus = await serviceBus([{ name: 'lifecycle', requiresSession: true }]);
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  const connection = connectBare(bus.endpoint.port);
  const receiver = connection.open_receiver({
    source: { address: 'lifecycle', filter: { 'com.microsoft:session-filter': 'a' } },
    credit_window: 1,
    autoaccept: false,
  });
  await once(receiver, 'message');
  connection['socket'].destroy();
  const next = await bus.client.acceptNextSession('lifecycle');
  expect(await receiveOne(next)).toMatchObject({ body: 1, deliveryCount: 1 });
});

test('an operation the endpoint does not know is refused as not implemented', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const connection = connectBare(bus.endpoint.port);
  const receiver = connection.open_receiver({ source: 'events/$management', target: { address: 'me' } });
  const sender = connection.open_sender('events/$management');
  await once(sender, 'sendable');
  sender.send({ reply_to: 'me', message_id: 7, application_properties: { operation: 'com.microsoft:fly' }, body: {} });
  const { message } = await nextMessage(receiver);
  expect(message).toMatchObject({ correlation_id: 7, application_properties: { statusCode: 501, errorCondition: 'amqp:not-implemented' } });
  await close(connection);
});

test('transactions are refused rather than ignored', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const connection = connectBare(bus.endpoint.port);
  // What a client attaches to before it begins a transaction (AMQP 1.0, part 4, section 4.5.1).
  const sender = connection.attach_sender({});
  Reflect.get(sender, 'local').attach.target = rhea.types.wrap_described([], 0x30);
  await once(sender, 'sender_error');
  expect(sender.error).toMatchObject({ condition: 'amqp:not-implemented', description: expect.stringContaining('Transactions') });
  await close(connection);
});

test('each of several messages refused at once is told its own reason', async () => {
  await using bus = await serviceBus([{ name: 'lifecycle', requiresSession: true }]);
  const connection = connectBare(bus.endpoint.port);
  const sender = connection.open_sender('lifecycle');
  const reasons: unknown[] = [];
  sender.on('rejected', ({ delivery }: EventContext) => reasons.push(delivery?.remote_state?.['error'].condition));
  await once(sender, 'sendable');
  connection['socket'].cork();
  sender.send({ body: 'no session' });
  sender.send({ body: 'session id too long', group_id: 'x'.repeat(129) });
  setImmediate(() => connection['socket'].uncork());
  await expect.poll(() => reasons, { timeout: 10_000 }).toEqual(['amqp:not-allowed', 'com.microsoft:argument-error']);
  await close(connection);
});

test('bytes that are not AMQP cost their sender the connection and nobody else anything', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sender = bus.client.createSender('events');
  await sender.sendMessages({ body: 1 });
  const socket = connect(bus.endpoint.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  await once(socket.resume(), 'close');
  await sender.sendMessages({ body: 2 });
  expect(bus.endpoint.counts()['events']?.active).toBe(2);
  expect(bus.problems).toEqual([expect.stringContaining('Invalid protocol header')]);
});

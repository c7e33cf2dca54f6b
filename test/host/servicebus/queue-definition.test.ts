import { expect, test } from 'vitest';
import { readQueueDefinitions } from '../../../host/servicebus/queue-definition.ts';

function config(...queues: readonly unknown[]): unknown {
  return { UserConfig: { Namespaces: [{ Name: 'sbemulatorns', Queues: queues }], Logging: { Type: 'File' } } };
}

test("the emulator's configuration gives the queues with durations in milliseconds", () => {
  const properties = {
    DeadLetteringOnMessageExpiration: true,
    DefaultMessageTimeToLive: 'PT1H',
    DuplicateDetectionHistoryTimeWindow: 'PT20S',
    ForwardDeadLetteredMessagesTo: '',
    ForwardTo: '',
    LockDuration: 'PT1M30S',
    MaxDeliveryCount: 3,
    RequiresDuplicateDetection: true,
    RequiresSession: true,
  };
  expect(readQueueDefinitions(config({ Name: 'lifecycle-events', Properties: properties }))).toEqual([
    {
      name: 'lifecycle-events',
      requiresSession: true,
      lockDurationMs: 90_000,
      maxDeliveryCount: 3,
      requiresDuplicateDetection: true,
      duplicateWindowMs: 20_000,
      deadLettersExpired: true,
      defaultTtlMs: 3_600_000,
    },
  ]);
});

test('a queue without properties has the defaults of the service', () => {
  expect(readQueueDefinitions(config({ Name: 'plain' }))).toEqual([
    {
      name: 'plain',
      requiresSession: false,
      lockDurationMs: 60_000,
      maxDeliveryCount: 10,
      requiresDuplicateDetection: false,
      duplicateWindowMs: 600_000,
      deadLettersExpired: false,
    },
  ]);
});

test('every wrong field is named with what is wrong with it', () => {
  const bad = config({ Name: 'ok', Properties: { LockDuration: 'one minute', MaxDeliveryCount: 0 } }, { Name: '/bad' });
  expect(() => readQueueDefinitions(bad)).toThrow(
    /Queues\.0\.Properties\.LockDuration: "one minute" is not an ISO 8601 duration.*MaxDeliveryCount.*Queues\.1\.Name/,
  );
});

test.each([
  ['a lock longer than the service allows', { Name: 'q', Properties: { LockDuration: 'PT6M' } }, 'at most PT5M'],
  ['forwarding', { Name: 'q', Properties: { ForwardTo: 'other' } }, 'forwarding is not supported'],
  ['a misspelt property', { Name: 'q', Properties: { RequireSession: true } }, 'RequireSession'],
])('%s is refused', (_, queue, problem) => {
  expect(() => readQueueDefinitions(config(queue))).toThrow(problem);
});

test('topics are refused rather than ignored', () => {
  const topics = { UserConfig: { Namespaces: [{ Name: 'n', Topics: [{ Name: 't' }] }] } };
  expect(() => readQueueDefinitions(topics)).toThrow('topics are not supported');
});

test('two queues whose names differ only in case are refused', () => {
  expect(() => readQueueDefinitions(config({ Name: 'Events' }, { Name: 'events' }))).toThrow('the queue "events" twice');
});

test('a file that is not a configuration is refused', () => {
  expect(() => readQueueDefinitions(null)).toThrow('The Service Bus configuration cannot be used');
});

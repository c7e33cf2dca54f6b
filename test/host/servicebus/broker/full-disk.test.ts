import { expect, test } from 'vitest';
import { WallClock } from '../../../../host/clock/wall-clock.ts';
import { Broker } from '../../../../host/servicebus/broker/broker.ts';
import type { Entity } from '../../../../host/servicebus/broker/entity.ts';
import { keepMessages } from '../../../../host/servicebus/broker/keep-messages.ts';
import { Topic } from '../../../../host/servicebus/broker/topic.ts';
import { completeQueue } from '../../../../host/servicebus/definition/queue-definition.ts';
import { openDatabase } from '../../../../host/servicebus/store/open-database.ts';

function arrival(bytes: number): Parameters<typeof keepMessages>[2][number] {
  return { content: Buffer.alloc(bytes), messageId: 'm', session: null, ttlMs: undefined, scheduledAt: undefined };
}

function queueOf(broker: Broker): Entity {
  const entity = broker.directory.find('events');
  if (entity === undefined || entity instanceof Topic) throw new Error('The queue is defined.');
  return entity;
}

test('when the disk is full, nothing of the turn is kept or acknowledged, and the broker goes on once there is room', async () => {
  const database = openDatabase(':memory:');
  const lost: string[] = [];
  const acknowledged: string[] = [];
  const broker = new Broker({
    database,
    namespace: { queues: [completeQueue({ name: 'events' })], topics: [] },
    clock: new WallClock(),
    onLost: (problem) => lost.push(problem.message),
    onProblem: (problem) => lost.push(problem.message),
  });
  const { commits } = broker.engine;
  database.exec('PRAGMA max_page_count = 40');
  keepMessages(broker.engine, queueOf(broker), [arrival(100)]);
  commits.after(() => acknowledged.push('small'));
  expect(() => keepMessages(broker.engine, queueOf(broker), [arrival(1_000_000)])).toThrow('full');
  commits.after(() => acknowledged.push('large'));
  await expect.poll(() => lost).toEqual(['database or disk is full']);
  expect(acknowledged).toEqual([]);
  expect(broker.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
  database.exec('PRAGMA max_page_count = 4000');
  keepMessages(broker.engine, queueOf(broker), [arrival(1_000_000)]);
  commits.after(() => acknowledged.push('again'));
  await expect.poll(() => acknowledged).toEqual(['again']);
  expect(broker.counts()['events']?.active).toBe(1);
  broker.stop();
  database.close();
});

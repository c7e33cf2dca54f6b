import { type Kysely, sql } from 'kysely';
import type { InboxRow, InboxState, InboxStore, NewEvent, OutboxStore, Taken } from '../../ports/registry/inbox.ts';
import { eventKey } from '../event-key.ts';
import type { Database, InboxTable } from '../schema.ts';

/** Events and the outbox rows that go with them. */
export function inboxStore(database: Kysely<Database>): InboxStore {
  return {
    take: (events) => takeEvents(database, events),
    async byId(inboxId) {
      const row = await database.selectFrom('inbox').selectAll().where('inbox_id', '=', inboxId).executeTakeFirst();
      return row && toInboxRow(row);
    },
    ...workersEvents(database),
    async settle(inboxId, state, reason) {
      const result = await database
        .updateTable('inbox')
        .set({ state, reason })
        .where('inbox_id', '=', inboxId)
        .where('state', '=', 'received')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async reject(event) {
      await database
        .insertInto('rejected_event')
        .values({ source: event.source, received_at: event.receivedAt, reason: event.reason, excerpt: event.excerpt })
        .execute();
    },
    async rejected(limit) {
      const rows = await database.selectFrom('rejected_event').selectAll().orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row) => ({
        id: String(row.id),
        source: row.source,
        receivedAt: row.received_at,
        reason: row.reason,
        excerpt: row.excerpt,
      }));
    },
    async forgetRejected(before) {
      const { numDeletedRows } = await database.deleteFrom('rejected_event').where('received_at', '<', before).executeTakeFirst();
      return Number(numDeletedRows);
    },
    async counts() {
      const rows = await database
        .selectFrom('inbox')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      const none: Record<InboxState, number> = { received: 0, folded: 0, stale: 0, held: 0, rejected: 0 };
      return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
    },
  };
}

function workersEvents(database: Kysely<Database>): Pick<InboxStore, 'byEvent' | 'restate' | 'isAwaited'> {
  return {
    async byEvent(source, eventId) {
      const row = await database
        .selectFrom('inbox')
        .selectAll()
        .where('source', '=', source)
        .where('event_id', '=', eventId)
        .executeTakeFirst();
      return row && toInboxRow(row);
    },
    async restate(inboxId, state, reason) {
      await database.updateTable('inbox').set({ state, reason }).where('inbox_id', '=', inboxId).where('state', '<>', 'received').execute();
    },
    async isAwaited(source, workerId) {
      const waiting = database.selectFrom('inbox').select('inbox_id').where('source', '=', source).where('worker_id', '=', workerId);
      return (await waiting.where('state', '=', 'received').limit(1).executeTakeFirst()) !== undefined;
    },
  };
}

/** Rows still to be handed to the queue. */
export function outboxStore(database: Kysely<Database>): OutboxStore {
  const rows = database
    .selectFrom('outbox')
    .select(['id', 'topic', 'inbox_id as inboxId', 'session_id as sessionId', 'attempts', 'traceparent'])
    .where('sent_at', 'is', null);
  return {
    unsent: (limit, dueBefore) => rows.where('due_at', '<=', dueBefore).orderBy('due_at').limit(limit).execute(),
    byInbox: (inboxIds) => (inboxIds.length === 0 ? Promise.resolve([]) : rows.where('inbox_id', 'in', inboxIds).execute()),
    async markSent(ids, at) {
      if (ids.length > 0) await database.updateTable('outbox').set({ sent_at: at }).where('id', 'in', ids).execute();
    },
    async sendAgain(inboxId, dueAt) {
      await database
        .updateTable('outbox')
        .set((column) => ({ sent_at: null, due_at: dueAt, attempts: column('attempts', '+', 1) }))
        .where('inbox_id', '=', inboxId)
        .execute();
    },
    async revive(sentBefore, now) {
      const result = await database
        .updateTable('outbox')
        .set((column) => ({ sent_at: null, due_at: now, attempts: column('attempts', '+', 1) }))
        .where('sent_at', '<', sentBefore)
        .where('inbox_id', 'in', database.selectFrom('inbox').select('inbox_id').where('state', '=', 'received'))
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async attemptsOf(inboxId) {
      return (await database.selectFrom('outbox').select('attempts').where('inbox_id', '=', inboxId).executeTakeFirst())?.attempts ?? 0;
    },
  };
}

async function takeEvents(database: Kysely<Database>, events: readonly NewEvent[]): Promise<readonly Taken[]> {
  const rows = events.map((event) => ({ ...toTable(event), inbox_id: eventKey(event.source, event.eventId) }));
  if (rows.length === 0) return [];
  const inserted = await insertWithOutbox(database, rows);
  const fresh = new Set(inserted.map(({ id }) => id));
  const isAllNew = inserted.length === rows.length;
  if (isAllNew) return rows.map((row) => ({ is: 'accepted', inboxId: row.inbox_id }));
  const hashes = await knownHashes(
    database,
    rows.map((row) => row.inbox_id),
  );
  return rows.map((row) => {
    const isSame = hashes.get(row.inbox_id) === row.body_hash;
    const isFirst = isSame && fresh.delete(row.inbox_id);
    return { is: isFirst ? 'accepted' : isSame ? 'duplicate' : 'conflict', inboxId: row.inbox_id };
  });
}

async function knownHashes(database: Kysely<Database>, inboxIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await database.selectFrom('inbox').select(['inbox_id', 'body_hash']).where('inbox_id', 'in', inboxIds).execute();
  return new Map(rows.map((row) => [row.inbox_id, row.body_hash]));
}

/** Inbox and outbox in one statement, which is all or nothing even without a transaction around it. */
function insertWithOutbox(database: Kysely<Database>, rows: readonly InboxTable[]): Promise<readonly { readonly id: string }[]> {
  return database
    .with('fresh', (query) =>
      query
        .insertInto('inbox')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['source', 'event_id']).doNothing())
        .returning(['inbox_id', 'source', 'worker_id', 'received_at', 'urgent', 'traceparent']),
    )
    .insertInto('outbox')
    .columns(['id', 'inbox_id', 'topic', 'session_id', 'due_at', 'attempts', 'traceparent'])
    .expression((query) =>
      query
        .selectFrom('fresh')
        .select(['inbox_id as id', 'inbox_id'])
        .select(sql<string>`case when urgent then 'lifecycle-urgent' else 'lifecycle-events' end`.as('topic'))
        .select(sql<string>`source || ':' || worker_id`.as('session_id'))
        .select(['received_at as due_at', sql<number>`0`.as('attempts'), 'traceparent']),
    )
    .returning('id')
    .execute();
}

function toTable(event: NewEvent): Omit<InboxTable, 'inbox_id'> {
  return {
    source: event.source,
    event_id: event.eventId,
    body_hash: event.bodyHash,
    batch_id: event.batchId,
    worker_id: event.workerId,
    occurred_at: event.occurredAt,
    received_at: event.receivedAt,
    urgent: event.urgent,
    body: event.body,
    state: 'received',
    reason: null,
    traceparent: event.traceparent ?? null,
  };
}

function toInboxRow(row: InboxTable): InboxRow {
  return {
    inboxId: row.inbox_id,
    source: row.source,
    eventId: row.event_id,
    bodyHash: row.body_hash,
    batchId: row.batch_id,
    workerId: row.worker_id,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    urgent: row.urgent,
    body: row.body,
    state: row.state as InboxState,
    reason: row.reason,
  };
}

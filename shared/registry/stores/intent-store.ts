import { type Kysely, sql } from 'kysely';
import type { Attributes, Change, Outcome } from '../../domain/change.ts';
import type { Intent, IntentRow, IntentStore, Opened } from '../../ports/registry/intents.ts';
import type { Lane } from '../../ports/registry/runs.ts';
import type { Database, IntentTable } from '../schema.ts';

/** Changes that the gate committed to. */
export function intentStore(database: Kysely<Database>): IntentStore {
  const byId = async (changeId: string) => {
    const row = await database.selectFrom('intent').selectAll().where('change_id', '=', changeId).executeTakeFirst();
    return row && toIntent(row);
  };
  const open = (changeId: string) => database.updateTable('intent').where('change_id', '=', changeId).where('state', '=', 'open');
  return {
    byId,
    open: (intent, now, leaseUntil) => openIntent(database, intent, now, leaseUntil),
    async markSending(changeId, leaseUntil, observedBefore, at) {
      const result = await open(changeId)
        .where('lease_until', '=', leaseUntil)
        .set({ sent_at: at, observed_before: observedBefore === null ? null : JSON.stringify(observedBefore) })
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async markAnswered(changeId, objectId, requestId) {
      await open(changeId).set({ object_id: objectId, request_id: requestId }).execute();
    },
    async release({ changeId, leaseUntil }, nothingSent) {
      await open(changeId)
        .where('lease_until', '=', leaseUntil)
        .set({ lease_until: 0, ...(nothingSent ? { sent_at: null } : {}) })
        .execute();
    },
    async close(changeId, outcome, at) {
      await open(changeId)
        .set({ state: 'closed', outcome: JSON.stringify(outcome), closed_at: at })
        .execute();
    },
    async shortenLeases(until) {
      await database
        .updateTable('intent')
        .set({ lease_until: until })
        .where('state', '=', 'open')
        .where('lease_until', '>', until)
        .execute();
    },
    of: (run) => intentsOf(database, run),
    doneFor: (person) => doneFor(database, person),
    olderLease: (person, epoch, now) => olderLease(database, person, epoch, now),
  };
}

async function intentsOf(database: Kysely<Database>, run: string): Promise<readonly IntentRow[]> {
  const rows = await database.selectFrom('intent').selectAll().where('run_id', '=', run).orderBy('opened_at').orderBy('position').execute();
  return rows.map(toIntent);
}

async function doneFor(database: Kysely<Database>, person: string) {
  const rows = await database
    .selectFrom('intent')
    .innerJoin('run', 'run.id', 'intent.run_id')
    .selectAll('intent')
    .select('run.trigger')
    .where('intent.person_id', '=', person)
    .where('intent.state', '=', 'closed')
    .where(sql<boolean>`intent.outcome->>'is' = 'done'`)
    .orderBy('closed_at', 'desc')
    .orderBy('intent.position', 'desc')
    .execute();
  return rows.map((row) => ({ ...toIntent(row), trigger: row.trigger }));
}

async function olderLease(database: Kysely<Database>, person: string, epoch: number, now: number): Promise<number | null> {
  const row = await database
    .selectFrom('intent')
    .select((select) => select.fn.max('lease_until').as('until'))
    .where('person_id', '=', person)
    .where('state', '=', 'open')
    .where('epoch', '<', epoch)
    .where('lease_until', '>', now)
    .executeTakeFirst();
  return row?.until == null ? null : Number(row.until);
}

/** What failed, was refused or held may be asked for again; what was done stays done. */
function isFinal(outcome: Outcome): boolean {
  return outcome.is === 'done' || outcome.is === 'already' || outcome.is === 'skipped';
}

async function openIntent(database: Kysely<Database>, intent: Intent, now: number, leaseUntil: number): Promise<Opened> {
  const inserted = await database
    .insertInto('intent')
    .values({ ...toTable(intent), ...(await handedOver(database, intent)), state: 'open', lease_until: leaseUntil, opened_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted !== undefined) return { is: 'opened', row: toIntent(inserted) };
  const own = await database.selectFrom('intent').selectAll().where('change_id', '=', intent.changeId).forUpdate().executeTakeFirst();
  if (own === undefined) return busyWithAnother(database, intent, now);
  const row = toIntent(own);
  if (row.state === 'closed' && row.outcome !== null && isFinal(row.outcome)) return { is: 'closed', row };
  if (row.state === 'open' && row.leaseUntil > now) return { is: 'busy', until: row.leaseUntil };
  const taken = await database
    .updateTable('intent')
    .set({
      state: 'open',
      outcome: null,
      closed_at: null,
      lease_until: leaseUntil,
      epoch: intent.epoch,
      change: JSON.stringify(intent.change),
    })
    .where('change_id', '=', intent.changeId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { is: 'taken-over', row: toIntent(taken) };
}

/** A mail is sent once for its key, by whichever run: what an earlier run handed over without seeing it sent is only looked for by this one. */
async function handedOver(database: Kysely<Database>, intent: Intent): Promise<Partial<IntentTable>> {
  if (intent.change.do !== 'send') return {};
  const earlier = await database
    .selectFrom('intent')
    .select(['sent_at', 'observed_before'])
    .where('run_id', 'in', database.selectFrom('run').select('id').where('person_id', '=', intent.personId))
    .where('object_key', '=', intent.objectKey)
    .where('sent_at', 'is not', null)
    .where(sql<boolean>`outcome->>'is' is distinct from 'done'`)
    .orderBy('sent_at', 'desc')
    .executeTakeFirst();
  return earlier === undefined
    ? {}
    : { sent_at: earlier.sent_at, observed_before: earlier.observed_before === null ? null : JSON.stringify(earlier.observed_before) };
}

/** Another run's intent on the same object. When its run is over and its lease ran out, nobody will come back for it: it is closed as unknown, which frees the object. */
async function busyWithAnother(database: Kysely<Database>, intent: Intent, now: number): Promise<Opened> {
  const outcome: Outcome = { is: 'unknown', problem: { code: 'superseded', message: 'Its run ended before the outcome was seen.' } };
  const freed = await database
    .updateTable('intent')
    .set({ state: 'closed', outcome: JSON.stringify(outcome), closed_at: now })
    .where('object_key', '=', intent.objectKey)
    .where('lane', '=', intent.lane)
    .where('state', '=', 'open')
    .where('lease_until', '<=', now)
    .where(sql<boolean>`exists (select 1 from run where run.id = intent.run_id and run.state not in ('planned','starting','active'))`)
    .returning('change_id')
    .execute();
  if (freed.length > 0) return { is: 'busy', until: now };
  const other = await database
    .selectFrom('intent')
    .select('lease_until')
    .where('object_key', '=', intent.objectKey)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return { is: 'busy', until: Math.max(other?.lease_until ?? now, now + 1000) };
}

function toTable(intent: Intent): Omit<IntentTable, 'state' | 'lease_until' | 'opened_at'> {
  return {
    change_id: intent.changeId,
    run_id: intent.runId,
    step_id: intent.stepId,
    position: intent.position,
    person_id: intent.personId,
    object_key: intent.objectKey,
    lane: intent.lane,
    epoch: intent.epoch,
    change: JSON.stringify(intent.change),
    sent_at: null,
    object_id: null,
    request_id: null,
    observed_before: null,
    outcome: null,
    closed_at: null,
  };
}

function toIntent(row: IntentTable): IntentRow {
  return {
    changeId: row.change_id,
    runId: row.run_id,
    stepId: row.step_id,
    position: row.position,
    personId: row.person_id,
    objectKey: row.object_key,
    lane: row.lane as Lane,
    epoch: row.epoch,
    change: row.change as Change,
    state: row.state as IntentRow['state'],
    leaseUntil: row.lease_until,
    sentAt: row.sent_at,
    objectId: row.object_id,
    requestId: row.request_id,
    observedBefore: row.observed_before as Attributes | null,
    outcome: row.outcome as Outcome | null,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}

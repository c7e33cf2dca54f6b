import { type Kysely, sql } from 'kysely';
import type { Change } from '../../domain/change.ts';
import type { AskedErrand, Errand, ErrandAnswer, ErrandStore } from '../../ports/registry/errands.ts';
import type { Database, ErrandTable } from '../schema.ts';

/** Privileged changes that one process asks of another. */
export function errandStore(database: Kysely<Database>): ErrandStore {
  return {
    ask: (errand, now) => ask(database, errand, now),
    async markSent(changeId, attempt, at) {
      await database.updateTable('errand').set({ sent_at: at }).where('change_id', '=', changeId).where('attempt', '=', attempt).execute();
    },
    async begin(changeId, attempt, at) {
      const row = await database
        .updateTable('errand')
        .set({ state: 'begun', begun_at: at })
        .where('change_id', '=', changeId)
        .where('attempt', '=', attempt)
        .where('state', 'in', ['asked', 'begun'])
        .returningAll()
        .executeTakeFirst();
      return row && toErrand(row);
    },
    async answer(changeId, attempt, answer) {
      await database
        .updateTable('errand')
        .set({ state: 'answered', answer: JSON.stringify(answer) })
        .where('change_id', '=', changeId)
        .where('attempt', '=', attempt)
        .where('state', '=', 'begun')
        .execute();
    },
    ...looks(database),
  };
}

function looks(database: Kysely<Database>): Pick<ErrandStore, 'withdraw' | 'isAnswered' | 'oldestOpen'> {
  return {
    async withdraw(run, stepId) {
      const ofStep = database.updateTable('errand').where('run_id', '=', run).where('step_id', '=', stepId);
      await ofStep
        .set({ state: 'taken' })
        .where('state', '=', 'asked')
        .where(sql<boolean>`change->>'effect' <> 'contain'`)
        .execute();
      const begun = database.selectFrom('errand').select('change_id').where('run_id', '=', run).where('step_id', '=', stepId);
      return (await begun.where('state', '=', 'begun').limit(1).executeTakeFirst()) === undefined;
    },
    async isAnswered(run) {
      const answered = database.selectFrom('errand').select('change_id').where('run_id', '=', run).where('state', '=', 'answered');
      return (await answered.limit(1).executeTakeFirst()) !== undefined;
    },
    async oldestOpen() {
      const row = await database
        .selectFrom('errand')
        .select('asked_at')
        .where('state', 'in', ['asked', 'begun'])
        .orderBy('asked_at')
        .limit(1)
        .executeTakeFirst();
      return row?.asked_at;
    },
  };
}

async function ask(database: Kysely<Database>, errand: Errand, now: number): Promise<AskedErrand> {
  const fresh = { position: errand.position, change: JSON.stringify(errand.change), state: 'asked', asked_at: now };
  const inserted = await database
    .insertInto('errand')
    .values({
      ...fresh,
      change_id: errand.changeId,
      run_id: errand.runId,
      step_id: errand.stepId,
      attempt: 1,
      sent_at: null,
      begun_at: null,
      answer: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted !== undefined) return waits(inserted);
  const row = await database
    .selectFrom('errand')
    .selectAll()
    .where('change_id', '=', errand.changeId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state === 'answered') {
    await database.updateTable('errand').set({ state: 'taken' }).where('change_id', '=', errand.changeId).execute();
    return { is: 'answered', answer: row.answer as ErrandAnswer };
  }
  if (row.state !== 'taken') return waits(row);
  const again = await database
    .updateTable('errand')
    .set({ ...fresh, attempt: row.attempt + 1, sent_at: null, begun_at: null, answer: null })
    .where('change_id', '=', errand.changeId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return waits(again);
}

function waits(row: ErrandTable): AskedErrand {
  return { is: 'waits', attempt: row.attempt, askedAt: row.asked_at, sentAt: row.sent_at };
}

function toErrand(row: ErrandTable): Errand {
  return { changeId: row.change_id, runId: row.run_id, stepId: row.step_id, position: row.position, change: row.change as Change };
}

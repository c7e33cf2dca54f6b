import { type Kysely, sql } from 'kysely';
import type { AuditStore, BaselineStore, BudgetStore } from '../../ports/registry/records.ts';
import type { Database } from '../schema.ts';

/** The audit, appended and read, never changed. */
export function auditStore(database: Kysely<Database>): AuditStore {
  return {
    async append(rows) {
      if (rows.length === 0) return;
      const values = rows.map((row) => ({
        at: row.at,
        actor: row.actor,
        action: row.action,
        person_id: row.personId,
        run_id: row.runId,
        target: row.target,
        detail: JSON.stringify(row.detail),
      }));
      await database.insertInto('audit').values(values).execute();
    },
    async list(filter) {
      let query = database.selectFrom('audit').selectAll().where('sequence', '>', filter.after);
      if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
      if (filter.runId !== undefined) query = query.where('run_id', '=', filter.runId);
      const rows = await query.orderBy('sequence').limit(filter.limit).execute();
      return rows.map((row) => ({
        sequence: row.sequence,
        at: row.at,
        actor: row.actor,
        action: row.action,
        personId: row.person_id,
        runId: row.run_id,
        target: row.target,
        detail: row.detail as Record<string, unknown>,
      }));
    },
  };
}

/** Rolling budgets. Counting and booking are made one by a transaction-long lock on the key's own row, which the second statement comes after. */
export function budgetStore(database: Kysely<Database>): BudgetStore {
  return {
    async reserve({ key, reference, now, windowMs, limit }) {
      const marker = { key, reference: '', at: 0 };
      await database
        .insertInto('budget')
        .values(marker)
        .onConflict((conflict) => conflict.columns(['key', 'reference']).doUpdateSet({ at: 0 }))
        .execute();
      const { rows } = await sql<{ booked: boolean }>`
        with own as (select 1 from budget where key = ${key} and reference = ${reference}),
        fresh as (
          insert into budget (key, reference, at) select ${key}, ${reference}, ${now}::bigint
          where not exists (select 1 from own)
            and (select count(*) from budget where key = ${key} and reference <> '' and at > ${now - windowMs}) < ${limit}
          returning 1)
        select exists (select 1 from own) or exists (select 1 from fresh) as booked`.execute(database);
      return rows[0]?.booked === true;
    },
  };
}

/** What was looked at for the first time. */
export function baselineStore(database: Kysely<Database>): BaselineStore {
  return {
    async isComplete(key) {
      return (await database.selectFrom('baseline').select('key').where('key', '=', key).executeTakeFirst()) !== undefined;
    },
    async complete(key, at, summary) {
      await database
        .insertInto('baseline')
        .values({ key, completed_at: at, summary })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

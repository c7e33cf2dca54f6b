import { type Kysely, sql } from 'kysely';
import type { BaselineStore, BudgetStore } from '../../ports/registry/records.ts';
import type { Database } from '../schema.ts';

/** Rolling budgets. Counting and booking are made one by a transaction-long lock on the key's own row, which the second statement comes after. */
export function budgetStore(database: Kysely<Database>): BudgetStore {
  return {
    async reserve({ key, reference, now, windowMs, limit }) {
      await lockKey(database, key);
      const { rows } = await sql<{ booked: boolean }>`
        with own as (select 1 from budget where key = ${key} and reference = ${reference} and at > ${now - windowMs}),
        fresh as (
          insert into budget (key, reference, at) select ${key}, ${reference}, ${now}::bigint
          where not exists (select 1 from own)
            and (select count(*) from budget where key = ${key} and reference <> '' and at > ${now - windowMs}) < ${limit}
          on conflict (key, reference) do update set at = excluded.at
          returning 1)
        select exists (select 1 from own) or exists (select 1 from fresh) as booked`.execute(database);
      return rows[0]?.booked === true;
    },
    async book({ key, references, now, windowMs }) {
      await lockKey(database, key);
      await sql`
        insert into budget (key, reference, at) select ${key}, reference, ${now}::bigint from unnest(${sql.val([...references])}::text[]) as reference
        on conflict (key, reference) do update set at = excluded.at where budget.at <= ${now - windowMs}`.execute(database);
    },
    async booked({ key, now, windowMs, except }) {
      await lockKey(database, key);
      const rows = await database
        .selectFrom('budget')
        .select('reference')
        .where('key', '=', key)
        .where('reference', '<>', '')
        .where('at', '>', now - windowMs)
        .execute();
      const aside = new Set(except);
      return rows.filter(({ reference }) => !aside.has(reference)).length;
    },
  };
}

/** Whoever counts or books next waits until this transaction ends. */
async function lockKey(database: Kysely<Database>, key: string): Promise<void> {
  await database
    .insertInto('budget')
    .values({ key, reference: '', at: 0 })
    .onConflict((conflict) => conflict.columns(['key', 'reference']).doUpdateSet({ at: 0 }))
    .execute();
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

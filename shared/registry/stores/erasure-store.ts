import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ErasedRows, ErasureStore, ErasureView } from '../../ports/registry/erasures.ts';
import type { Database } from '../schema.ts';
import { blankOthers } from './blank-others.ts';
import { nameDigest } from './name-digest.ts';
import { wordsAbout } from './words-about.ts';

/** Takes people out of the registry. */
export function erasureStore(database: Kysely<Database>): ErasureStore {
  return {
    of: (person) => viewOf(database, person),
    async erase(person, at, salt) {
      await sql`insert into erasure_salt (salt) values (${salt}) on conflict do nothing`.execute(database);
      const words = await wordsAbout(database, person);
      const rows: Record<string, number> = {};
      for (const [table, statement] of statementsFor(person)) rows[table] = (rows[table] ?? 0) + (await count(database, statement));
      const { blanked, toldOfIn } = await blankOthers(database, person, words);
      await database
        .updateTable('person')
        .set((column) => ({
          display_name: '',
          standing: 'none',
          ends_at: null,
          reconsider_at: null,
          erased_at: at,
          epoch: column('epoch', '+', 1),
        }))
        .where('id', '=', person)
        .execute();
      return { rows: withoutNone({ ...rows, ...blanked }), toldOfIn };
    },
    async erasedAt(person) {
      const row = await database.selectFrom('person').select('erased_at').where('id', '=', person).executeTakeFirst();
      return row?.erased_at ?? undefined;
    },
  };
}

const open = sql`('pending','planned','starting','active','held','unknown')`;

async function viewOf(database: Kysely<Database>, person: string): Promise<ErasureView> {
  const theirs = sql`select i.inbox_id, i.state from inbox i join engagement e using (source, worker_id) where e.person_id = ${person}`;
  const { rows } = await sql<ErasureView>`select
    coalesce((select json_agg(workflow order by id) from run where person_id = ${person} and state in ${open}), '[]') as "openRuns",
    (select count(*) from intent where person_id = ${person} and state = 'open') as "openChanges",
    coalesce((select json_agg(code order by id) from hold where resolved_at is null
      and (person_id = ${person} or reference in (select inbox_id from (${theirs}) t))), '[]') as "openHolds",
    (select count(*) from (${theirs}) t where state in ('received','held')) as "openEvents",
    coalesce((select json_agg(json_build_object('runId', id, 'attempt', n)) from run, generate_series(1, attempt) n where person_id = ${person}), '[]') as attempts,
    coalesce((select json_agg(change_id) from intent where person_id = ${person}), '[]') as "changeIds"`.execute(database);
  const [row] = rows;
  if (row === undefined) throw new Error('The database answered a select without a row.');
  return row;
}

/** In the order that foreign keys allow; worker records go last, since others are found by them. */
function statementsFor(person: string): readonly (readonly [string, RawBuilder<unknown>])[] {
  const workers = sql`select source, worker_id from engagement where person_id = ${person}`;
  const runs = sql`select id from run where person_id = ${person}`;
  const events = sql`select inbox_id from inbox where (source, worker_id) in (${workers})`;
  const holds = sql`select id from hold where person_id = ${person} or reference in (${events})`;
  return [
    ['outbox', sql`delete from outbox where inbox_id in (${events})`],
    ['approval', sql`delete from approval where hold_id in (${holds})`],
    ['hold', sql`delete from hold where id in (${holds})`],
    ['intent', sql`delete from intent where person_id = ${person}`],
    ['errand', sql`delete from errand where run_id in (${runs})`],
    // What asks for the erasing itself has to be answered, and goes with that.
    ['look', sql`delete from look where kind <> 'erase' and (input::text like ${`%${person}%`} or answer::text like ${`%${person}%`})`],
    ['step', sql`delete from step where run_id in (${runs})`],
    ['run', sql`delete from run where person_id = ${person}`],
    ['plan', sql`delete from plan where people::text like ${`%${person}%`} or body like ${`%${person}%`}`],
    ['holding', sql`delete from holding_reason where person_id = ${person}`],
    ['holding', sql`delete from holding where person_id = ${person}`],
    ['lock', sql`delete from lock where person_id = ${person}`],
    ['repair', sql`delete from repair where person_id = ${person}`],
    ['foreign_change', sql`delete from foreign_change where person_id = ${person}`],
    ['seen', sql`delete from seen_user where (target, id) in (select target, native_id from account_link where person_id = ${person})`],
    [
      'seen',
      sql`delete from seen_member where (target, member_id) in (select target, native_id from account_link where person_id = ${person})`,
    ],
    ['account_link', sql`delete from account_link where person_id = ${person}`],
    // The source's own id of the human being is no name that could be given to somebody else.
    ['name', sql`delete from name where person_id = ${person} and scope like 'person-key/%'`],
    ['name', sql`update name set folded = ${nameDigest(sql`scope`, sql`folded`)}, value = '' where person_id = ${person} and value <> ''`],
    [
      'rejected_event',
      sql`delete from rejected_event r using engagement e where e.person_id = ${person} and r.source = e.source
        and r.excerpt ~ ('"workerId"\\s*:\\s*"' || regexp_replace(e.worker_id, '([^[:alnum:]])', '\\\\\\1', 'g') || '"')`,
    ],
    ['inbox', sql`update inbox set body = '{}', worker_id = '', reason = null, batch_id = null where (source, worker_id) in (${workers})`],
    ['fact', sql`delete from fact where (source, worker_id) in (${workers})`],
    ['engagement', sql`delete from engagement where person_id = ${person}`],
  ];
}

async function count(database: Kysely<Database>, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(database)).numAffectedRows ?? 0n);
}

function withoutNone(rows: ErasedRows): ErasedRows {
  return Object.fromEntries(Object.entries(rows).filter(([, found]) => found > 0));
}

import { type Kysely, sql } from 'kysely';
import {
  type AuditChainStore,
  type ChainHead,
  erasedAction,
  type SealedAuditRow,
  type StoredAuditRow,
  type ValueTrouble,
} from '../../ports/registry/audit-chain.ts';
import type { Database } from '../schema.ts';
import { keptValues } from './audit-values.ts';
import { digestOf, digestsIn } from './personal-values.ts';

const columns = sql`sequence, at, actor, action, person_id as "personId", run_id as "runId", target, detail::text as detail`;

/** The chain over the audit rows. Only the place and the hash of a row are ever written, once. */
export function auditChainStore(database: Kysely<Database>): AuditChainStore {
  return {
    head: () => headOf(database, sql``),
    lockHead: () => headOf(database, sql`for update`),
    async unsealed(limit) {
      // Only a walk along the index forgets the rows that have left it; any other plan would look at every row ever sealed where nobody vacuums (PGlite).
      await sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(database);
      const found = sql<StoredAuditRow>`select ${columns} from audit where position is null order by sequence limit ${limit}`;
      return (await found.execute(database)).rows;
    },
    async seal(rows) {
      const [first, last] = [rows[0], rows.at(-1)];
      if (first === undefined || last === undefined) return;
      await sql`
        update audit set position = link.position, hash = link.hash
        from json_to_recordset(${JSON.stringify(rows)}::json) as link (sequence bigint, position bigint, hash text)
        where audit.sequence = link.sequence and audit.sequence between ${first.sequence} and ${last.sequence}
          and audit.position is null`.execute(database);
      await database.updateTable('audit_head').set({ position: last.position, hash: last.hash }).execute();
    },
    async noteAnchored(position) {
      await database.updateTable('audit_head').set({ anchored: position }).execute();
    },
    async sealed(after, limit) {
      const found = sql<SealedAuditRow>`
        select ${columns}, position, coalesce(hash, '') as hash from audit where position > ${after} order by position, sequence limit ${limit}`;
      return (await found.execute(database)).rows;
    },
    async countSealed(position) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from audit where position <= ${position}`.execute(database);
      return rows[0]?.count ?? 0;
    },
    async waiting() {
      const found = sql<{ count: number; oldestAt: number | null }>`
        select count(*) as count, min(at) as "oldestAt" from audit where position is null`;
      return (await found.execute(database)).rows[0] ?? { count: 0, oldestAt: null };
    },
    ...valuesOn(database),
  };
}

function valuesOn(database: Kysely<Database>): Pick<AuditChainStore, 'troubledValues' | 'eraseValues'> {
  return {
    async troubledValues(rows) {
      const wanted = rows.flatMap((row) => digestsIn(JSON.parse(row.detail)).map((digest) => ({ row, digest })));
      const digests = wanted.map(({ digest }) => digest);
      const kept = new Map((await keptValues(database, digests)).map((value) => [value.digest, value]));
      const gone = wanted.filter(({ digest }) => !kept.has(digest)).map(({ row }) => row);
      const erased = await erasures(database, gone);
      return wanted.flatMap(({ row, digest }): readonly ValueTrouble[] => {
        const found = kept.get(digest);
        if (found === undefined) return [{ row, is: (erased.get(row.personId) ?? 0) > row.sequence ? 'erased' : 'missing' }];
        return digestOf(found.salt, found.value) === digest ? [] : [{ row, is: 'changed' }];
      });
    },
    async eraseValues(personId) {
      const { numDeletedRows } = await database.deleteFrom('audit_value').where('person_id', '=', personId).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** The last row for each person of these rows that tells of an erasure. */
async function erasures(database: Kysely<Database>, rows: readonly StoredAuditRow[]): Promise<ReadonlyMap<string | null, number>> {
  if (rows.length === 0) return new Map();
  const people = JSON.stringify([...new Set(rows.map(({ personId }) => personId))]);
  const found = await sql<{ personId: string; sequence: number }>`
    select person_id as "personId", max(sequence) as sequence from audit
    where person_id in (select json_array_elements_text(${people}::json)) and action = ${erasedAction}
    group by person_id`.execute(database);
  return new Map(found.rows.map(({ personId, sequence }) => [personId, sequence]));
}

async function headOf(database: Kysely<Database>, lock: ReturnType<typeof sql>): Promise<ChainHead | undefined> {
  return (await sql<ChainHead>`select position, hash, anchored from audit_head ${lock}`.execute(database)).rows[0];
}

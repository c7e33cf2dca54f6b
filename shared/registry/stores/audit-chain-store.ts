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
      const found = sql<StoredAuditRow>`select ${columns} from audit where position is null order by sequence limit ${limit}`;
      return (await found.execute(database)).rows;
    },
    async seal(rows) {
      const last = rows.at(-1);
      if (last === undefined) return;
      await sql`
        update audit set position = link.position, hash = link.hash
        from json_to_recordset(${JSON.stringify(rows)}::json) as link (sequence bigint, position bigint, hash text)
        where audit.sequence = link.sequence and audit.position is null`.execute(database);
      await database.updateTable('audit_head').set({ position: last.position, hash: last.hash }).execute();
    },
    async noteAnchored(position) {
      await database.updateTable('audit_head').set({ anchored: position }).execute();
    },
    async sealed(after, limit) {
      const found = sql<SealedAuditRow>`
        select ${columns}, position, coalesce(hash, '') as hash from audit where position > ${after} order by position limit ${limit}`;
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

function valuesOn(database: Kysely<Database>): Pick<AuditChainStore, 'troubledValues' | 'eraseValues' | 'wasErased'> {
  return {
    async troubledValues(rows) {
      const wanted = rows.flatMap(({ sequence, detail }) => digestsIn(JSON.parse(detail)).map((digest) => ({ sequence, digest })));
      const kept = new Map(
        (
          await keptValues(
            database,
            wanted.map(({ digest }) => digest),
          )
        ).map((value) => [value.digest, value]),
      );
      return wanted.flatMap(({ sequence, digest }): readonly ValueTrouble[] => {
        const found = kept.get(digest);
        if (found === undefined) return [{ sequence, is: 'missing' }];
        return digestOf(found.salt, found.value) === digest ? [] : [{ sequence, is: 'changed' }];
      });
    },
    async eraseValues(personId) {
      const { numDeletedRows } = await database.deleteFrom('audit_value').where('person_id', '=', personId).executeTakeFirst();
      return Number(numDeletedRows);
    },
    async wasErased(personId, afterSequence) {
      const told = database.selectFrom('audit').select('sequence').where('person_id', '=', personId).where('action', '=', erasedAction);
      return (await told.where('sequence', '>', afterSequence).limit(1).executeTakeFirst()) !== undefined;
    },
  };
}

async function headOf(database: Kysely<Database>, lock: ReturnType<typeof sql>): Promise<ChainHead | undefined> {
  return (await sql<ChainHead>`select position, hash, anchored from audit_head ${lock}`.execute(database)).rows[0];
}

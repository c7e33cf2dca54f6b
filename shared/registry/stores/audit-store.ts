import type { Kysely } from 'kysely';
import type { AuditRow, AuditStore } from '../../ports/registry/records.ts';
import type { Database } from '../schema.ts';
import { keptValues } from './audit-values.ts';
import { digested, digestsIn, revealed } from './personal-values.ts';

/** The audit, appended and read, never changed. Personal values of a row about a person enter as digests, and are shown again while they are kept. */
export function auditStore(database: Kysely<Database>): AuditStore {
  return {
    async append(rows) {
      if (rows.length > 0) await appendRows(database, rows);
    },
    async list(filter) {
      let query = database.selectFrom('audit').selectAll().where('sequence', '>', filter.after);
      if (filter.before !== undefined) query = query.where('sequence', '<', filter.before);
      if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
      if (filter.runId !== undefined) query = query.where('run_id', '=', filter.runId);
      const rows = await query
        .orderBy('sequence', filter.before === undefined ? 'asc' : 'desc')
        .limit(filter.limit)
        .execute();
      const values = new Map(
        (
          await keptValues(
            database,
            rows.flatMap((row) => digestsIn(row.detail)),
          )
        ).map((kept) => [kept.digest, kept.value]),
      );
      return rows.map((row) => ({
        sequence: row.sequence,
        at: row.at,
        actor: row.actor,
        action: row.action,
        personId: row.person_id,
        runId: row.run_id,
        target: row.target,
        detail: revealed(row.detail as Record<string, unknown>, values),
        position: row.position,
        hash: row.hash,
      }));
    },
  };
}

async function appendRows(database: Kysely<Database>, rows: readonly AuditRow[]): Promise<void> {
  const split = rows.map((row) => ({ row, ...(row.personId === null ? { detail: row.detail, values: [] } : digested(row.detail)) }));
  const lines = split.map(({ row, detail }) => ({
    at: row.at,
    actor: row.actor,
    action: row.action,
    person_id: row.personId,
    run_id: row.runId,
    target: row.target,
    detail: JSON.stringify(detail),
  }));
  const values = split.flatMap((part) => part.values.map((value) => ({ ...value, person_id: part.row.personId ?? '' })));
  // One statement for both: whoever appends is in the middle of a transaction that others wait for.
  const queries = values.length === 0 ? database : database.with('kept', (inner) => inner.insertInto('audit_value').values(values));
  await queries.insertInto('audit').values(lines).execute();
}

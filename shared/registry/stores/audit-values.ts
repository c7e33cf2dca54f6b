import { type Kysely, sql } from 'kysely';
import type { AuditValue } from '../../ports/registry/audit-chain.ts';
import type { Database } from '../schema.ts';

/** The personal values behind these digests, as far as they are still kept. */
export async function keptValues(database: Kysely<Database>, digests: readonly string[]): Promise<readonly AuditValue[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<AuditValue>`
    select digest, salt, value from audit_value
    where digest in (select json_array_elements_text(${JSON.stringify(digests)}::json))`.execute(database);
  return rows;
}

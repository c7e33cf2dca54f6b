import { answers } from '../answers.ts';
import type { Client } from '../client.ts';

/** Erases all personal data of somebody who has left, and says what that came to. */
export async function erasePerson(client: Client, key: string, { reason }: { readonly reason: string }): Promise<string> {
  const path = `/api/people/${encodeURIComponent(key)}/erase`;
  const { personId, already, rows, auditValues, instances } = answers.erased.parse(await client.post(path, { reason }, 120_000));
  if (already) return `${personId} was erased before: there was nothing left.`;
  const tables = Object.entries(rows).map(([table, count]) => `${count} ${table}`);
  return `Erased: ${[...tables, `${auditValues} words in the audit`, `${instances} histories (within moments)`].join(', ')}.\nWhat is left is the id ${personId}, which says nothing.`;
}

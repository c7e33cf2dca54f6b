import { type Kysely, sql } from 'kysely';
import type { ErasedRows } from '../../ports/registry/erasures.ts';
import type { Database } from '../schema.ts';
import { patternOf, type WordsAbout } from './words-about.ts';

const blank = '[erased]';

/** Text that is kept for people to read, and nothing goes by. */
const texts = [
  ['hold', 'message'],
  ['run', 'note'],
  ['step', 'summary'],
  ['rejected_event', 'excerpt'],
  ['rejected_event', 'reason'],
] as const;

/** What others' changes were: undo goes by it, so that only addresses are blanked, which nobody else has. */
const documents = [
  ['intent', 'change'],
  ['intent', 'observed_before'],
  ['intent', 'outcome'],
] as const;

/** Blanks a person's full names and addresses where they stand in the rows of others, and says in whose audit values they do. Those are taken away too: a digest cannot be changed. */
export async function blankOthers(
  database: Kysely<Database>,
  person: string,
  { names, addresses }: WordsAbout,
): Promise<{ readonly blanked: ErasedRows; readonly toldOfIn: readonly string[] }> {
  const all = patternOf([...names, ...addresses]);
  const theirs = patternOf(addresses);
  const blanked: Record<string, number> = {};
  const note = (table: string, rows: bigint | undefined): void => {
    blanked[table] = (blanked[table] ?? 0) + Number(rows ?? 0n);
  };
  for (const [table, column] of all === undefined ? [] : texts) {
    const field = sql.ref(column);
    const found =
      await sql`update ${sql.table(table)} set ${field} = regexp_replace(${field}, ${all}, ${blank}, 'g') where ${field} ~ ${all}`.execute(
        database,
      );
    note(`${table} of others`, found.numAffectedRows);
  }
  for (const [table, column] of theirs === undefined ? [] : documents) {
    const field = sql.ref(column);
    const found = await sql`update ${sql.table(table)} set ${field} = regexp_replace(${field}::text, ${theirs}, ${blank}, 'g')::jsonb
      where state = 'closed' and ${field}::text ~ ${theirs}`.execute(database);
    note(`${table} of others`, found.numAffectedRows);
  }
  if (all === undefined) return { blanked, toldOfIn: [] };
  const plans = await sql`delete from plan where body ~ ${all}`.execute(database);
  note('plan', plans.numAffectedRows);
  const values = await sql<{ personId: string }>`
    delete from audit_value where value ~ ${all} and person_id <> ${person} returning person_id as "personId"`.execute(database);
  return { blanked, toldOfIn: [...new Set(values.rows.map(({ personId }) => personId))] };
}

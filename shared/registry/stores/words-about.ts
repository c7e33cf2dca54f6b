import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** The words by which others' rows may tell of a person. `addresses` are theirs alone; `names` others may bear too. */
export type WordsAbout = { readonly names: readonly string[]; readonly addresses: readonly string[] };

const shortest = 5;

/** The full names and addresses that a person has had, as their records, reserved names and row say. A single word, such as a family name, tells nobody apart and is left alone. */
export async function wordsAbout(database: Kysely<Database>, person: string): Promise<WordsAbout> {
  const { rows } = await sql<{ word: string | null }>`
    with told as (
      select worker from engagement where person_id = ${person}
      union all select fact.worker from fact join engagement using (source, worker_id) where engagement.person_id = ${person})
    select display_name as word from person where id = ${person}
    union select concat_ws(' ', worker -> 'name' ->> 'given', worker -> 'name' ->> 'family') from told
    union select concat_ws(' ', worker -> 'name' ->> 'preferred', worker -> 'name' ->> 'family') from told
    union select worker ->> 'personalEmail' from told
    union select worker ->> 'phone' from told
    union select value from name where person_id = ${person}`.execute(database);
  const words = rows.flatMap(({ word }) => (word === null || word.length < shortest ? [] : [word]));
  return {
    names: words.filter((word) => word.includes(' ') && !word.includes('@')),
    addresses: words.filter((word) => word.includes('@')),
  };
}

/** A pattern of PostgreSQL (https://www.postgresql.org/docs/15/functions-matching.html) that finds the words where they stand by themselves; undefined where there are none. */
export function patternOf(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const escaped = words.map((word) => word.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`));
  return `(?<![[:alnum:]])(${escaped.join('|')})(?![[:alnum:]])`;
}

import { type Kysely, sql } from 'kysely';
import type { PlanStore } from '../../ports/registry/plans.ts';
import type { Database } from '../schema.ts';

/** Dry runs that were shown. */
export function planStore(database: Kysely<Database>): PlanStore {
  return {
    async keep({ definitionHash, people, askedBy, ...same }) {
      await database
        .insertInto('plan')
        .values({ ...same, definition_hash: definitionHash, people: JSON.stringify(people), asked_by: askedBy })
        .execute();
    },
    async byId(id) {
      const row = await database.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return undefined;
      const { definition_hash: definitionHash, people, asked_by: askedBy, ...same } = row;
      return { ...same, definitionHash, people: people as readonly string[], askedBy };
    },
    async lineOf(id, beginning) {
      const mark = `\n${beginning}`;
      const row = await database
        .selectFrom('plan')
        .select(sql<string>`split_part(substr(body, position(${mark} in body) + 1), chr(10), 1)`.as('line'))
        .where('id', '=', id)
        .where(sql<boolean>`position(${mark} in body) > 0`)
        .executeTakeFirst();
      return row?.line;
    },
  };
}

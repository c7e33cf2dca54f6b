import type { Kysely } from 'kysely';
import type { LookStore } from '../../ports/registry/looks.ts';
import type { Database } from '../schema.ts';

const keptMs = 60 * 60_000;

/** Looks that one process asks of another. */
export function lookStore(database: Kysely<Database>): LookStore {
  return {
    async ask({ id, kind, input, at }) {
      await database
        .deleteFrom('look')
        .where('asked_at', '<', at - keptMs)
        .execute();
      await database
        .insertInto('look')
        .values({ id, kind, input: JSON.stringify(input), answer: null, asked_at: at })
        .execute();
    },
    byId: (id) => database.selectFrom('look').select(['kind', 'input']).where('id', '=', id).executeTakeFirst(),
    async answer(id, answer) {
      await database
        .updateTable('look')
        .set({ answer: JSON.stringify(answer) })
        .where('id', '=', id)
        .execute();
    },
    async take(id) {
      const row = await database
        .deleteFrom('look')
        .where('id', '=', id)
        .where('answer', 'is not', null)
        .returning('answer')
        .executeTakeFirst();
      return row?.answer;
    },
    async forget(id) {
      await database.deleteFrom('look').where('id', '=', id).execute();
    },
  };
}

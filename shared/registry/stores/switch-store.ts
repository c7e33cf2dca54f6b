import type { Kysely } from 'kysely';
import type { Mode } from '../../domain/mode.ts';
import type { SwitchStore } from '../../ports/registry/switches.ts';
import type { Database } from '../schema.ts';

/** The global pause, how far everything may go, and how many people there were on each day. */
export function switchStore(database: Kysely<Database>): SwitchStore {
  return {
    async pause() {
      const row = await database.selectFrom('pause').selectAll().executeTakeFirst();
      return row && { by: row.paused_by, reason: row.reason, since: row.since };
    },
    async setPause(pause) {
      await database.deleteFrom('pause').execute();
      if (pause !== null)
        await database.insertInto('pause').values({ paused_by: pause.by, reason: pause.reason, since: pause.since }).execute();
    },
    async modes() {
      const rows = await database.selectFrom('mode').selectAll().execute();
      return Object.fromEntries(rows.map(({ key, mode }) => [key, mode as Mode]));
    },
    async setMode(key, mode) {
      await database
        .insertInto('mode')
        .values({ key, mode })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ mode }))
        .execute();
    },
    async keepPopulation(day, key, count) {
      await database
        .insertInto('population')
        .values({ day, key, count })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async populationBefore(day, key) {
      const before = database.selectFrom('population').select('count').where('key', '=', key).where('day', '<', day);
      return (await before.orderBy('day', 'desc').limit(1).executeTakeFirst())?.count;
    },
  };
}

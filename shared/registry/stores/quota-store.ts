import type { Kysely } from 'kysely';
import { drawQuota, type QuotaState, quietQuota } from '../../domain/quota.ts';
import type { QuotaLedger } from '../../ports/quota-ledger.ts';
import type { Database } from '../schema.ts';

/** Quotas of targets, one row each: within a transaction, whoever draws next waits until it ends. */
export function quotaStore(database: Kysely<Database>): QuotaLedger {
  const locked = async (key: string): Promise<QuotaState | undefined> => {
    const row = await database
      .insertInto('quota')
      .values({ key, state: null })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ key }))
      .returning('state')
      .executeTakeFirstOrThrow();
    return row.state === null ? undefined : (JSON.parse(row.state) as QuotaState);
  };
  const keep = (key: string, state: QuotaState) =>
    database
      .updateTable('quota')
      .set({ state: JSON.stringify(state) })
      .where('key', '=', key)
      .execute();
  return {
    async draw(key, ask) {
      const { state, grant } = drawQuota(await locked(key), ask);
      await keep(key, state);
      return grant;
    },
    async quiet(key, quiet) {
      await keep(key, quietQuota(await locked(key), quiet));
    },
  };
}

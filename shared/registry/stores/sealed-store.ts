import type { Kysely } from 'kysely';
import type { SealedStore } from '../../ports/registry/sealed.ts';
import type { Database } from '../schema.ts';

/** What one process has sealed for another. Each call is one statement. */
export function sealedStore(database: Kysely<Database>): SealedStore {
  return {
    async keep(nameDigest, value, expiresAt) {
      await database
        .insertInto('sealed')
        .values({ name_digest: nameDigest, value, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('name_digest').doUpdateSet({ value, expires_at: expiresAt }))
        .execute();
    },
    async has(nameDigest, now) {
      await database.deleteFrom('sealed').where('expires_at', '<=', now).execute();
      const row = await database.selectFrom('sealed').select('expires_at').where('name_digest', '=', nameDigest).executeTakeFirst();
      return row !== undefined;
    },
    async take(nameDigest) {
      const row = await database.deleteFrom('sealed').where('name_digest', '=', nameDigest).returningAll().executeTakeFirst();
      return row && { value: row.value, expiresAt: row.expires_at };
    },
  };
}

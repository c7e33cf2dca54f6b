import type { Kysely } from 'kysely';
import type { LockOwner, LockStore } from '../../ports/registry/locks.ts';
import type { Database } from '../schema.ts';

/** Containment locks: those that hold, and when the others were lifted and by whom. */
export function lockStore(database: Kysely<Database>): LockStore {
  return {
    async of(person) {
      const rows = await database
        .selectFrom('lock')
        .selectAll()
        .where('person_id', '=', person)
        .where('lifted_at', 'is', null)
        .orderBy('owner')
        .execute();
      return rows.map((row) => ({
        personId: row.person_id,
        owner: row.owner as LockOwner,
        reason: row.reason,
        placedBy: row.placed_by,
        since: row.since,
      }));
    },
    async place({ personId, owner, reason, placedBy, since }) {
      await database
        .insertInto('lock')
        .values({ person_id: personId, owner, reason, placed_by: placedBy, since, lifted_at: null, lifted_by: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async lift(people, owner, by, at) {
      if (people.length === 0) return [];
      const lifted = await database
        .updateTable('lock')
        .set({ lifted_at: at, lifted_by: by })
        .where('person_id', 'in', people)
        .where('owner', '=', owner)
        .where('lifted_at', 'is', null)
        .returning('person_id')
        .execute();
      return lifted.map((row) => row.person_id);
    },
  };
}

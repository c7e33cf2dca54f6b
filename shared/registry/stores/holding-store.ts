import type { Kysely } from 'kysely';
import type { HoldingReason } from '../../domain/subject.ts';
import type { HoldingStore } from '../../ports/registry/links.ts';
import type { Database } from '../schema.ts';

/** Entitlements and the reasons for them. A reason that has an end stays until whoever takes the entitlement away says so. */
export function holdingStore(database: Kysely<Database>): HoldingStore {
  return {
    of: (person) => holdingsOf(database, person),
    async add(person, holdings, reason, at) {
      if (holdings.length === 0) return;
      const rows = holdings.map(({ target, object, kind }) => ({ person_id: person, target, object, kind }));
      await database
        .insertInto('holding')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await database
        .insertInto('holding_reason')
        .values(rows.map((row) => ({ ...row, kind: reason.kind, reference: reason.reference, from_at: at, until_at: null })))
        .onConflict((conflict) => conflict.columns(['person_id', 'target', 'object', 'kind', 'reference']).doUpdateSet({ until_at: null }))
        .execute();
    },
    async endReason(person, { target, object }, { kind, reference }, until) {
      await database
        .updateTable('holding_reason')
        .set({ until_at: until })
        .where('person_id', '=', person)
        .where('target', '=', target)
        .where('object', '=', object)
        .where('kind', '=', kind)
        .where('reference', '=', reference)
        .execute();
    },
    async remove(person, { target, object }) {
      for (const table of ['holding_reason', 'holding'] as const) {
        await database
          .deleteFrom(table)
          .where('person_id', '=', person)
          .where('target', '=', target)
          .where('object', '=', object)
          .execute();
      }
    },
  };
}

async function holdingsOf(database: Kysely<Database>, person: string) {
  const holdings = await database
    .selectFrom('holding')
    .select(['target', 'object', 'kind'])
    .where('person_id', '=', person)
    .orderBy('target')
    .orderBy('object')
    .execute();
  const reasons = await database.selectFrom('holding_reason').selectAll().where('person_id', '=', person).execute();
  return holdings.map((holding) => ({
    target: holding.target,
    object: holding.object,
    kind: holding.kind as 'group' | 'licence',
    reasons: reasons
      .filter((reason) => reason.target === holding.target && reason.object === holding.object)
      .map((reason) => ({ kind: reason.kind as HoldingReason['kind'], reference: reason.reference, until: reason.until_at })),
  }));
}

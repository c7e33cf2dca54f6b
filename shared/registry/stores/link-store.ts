import type { Kysely } from 'kysely';
import type { AccountLink, HoldingReason } from '../../domain/subject.ts';
import type { HoldingStore, LinkStore, NameStore } from '../../ports/registry/links.ts';
import type { Database, LinkTable } from '../schema.ts';

/** Joins of people and accounts. */
export function linkStore(database: Kysely<Database>): LinkStore {
  return {
    async of(person) {
      const rows = await database
        .selectFrom('account_link')
        .selectAll()
        .where('person_id', '=', person)
        .where('ended_at', 'is', null)
        .orderBy('since')
        .execute();
      return rows.map(toLink);
    },
    async ownerOf(target, nativeId) {
      const query = database.selectFrom('account_link').select('person_id').where('target', '=', target).where('native_id', '=', nativeId);
      return (await query.executeTakeFirst())?.person_id;
    },
    async record(link) {
      const { personId, nativeId, ...same } = link;
      const row = await database
        .insertInto('account_link')
        .values({ ...same, native_id: nativeId, person_id: personId, ended_at: null })
        .onConflict((conflict) =>
          conflict.columns(['target', 'native_id']).doUpdateSet({ ended_at: null }).where('account_link.person_id', '=', personId),
        )
        .returning('person_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** Names given out, for ever. */
export function nameStore(database: Kysely<Database>): NameStore {
  const holder = async (scope: string, folded: string) =>
    (await database.selectFrom('name').select('person_id').where('scope', '=', scope).where('folded', '=', folded).executeTakeFirst())
      ?.person_id;
  return {
    of: (person) =>
      database
        .selectFrom('name')
        .select(['scope', 'folded', 'attribute', 'value'])
        .where('person_id', '=', person)
        .orderBy('scope')
        .orderBy('folded')
        .execute(),
    holderOf: holder,
    async reserve(person, name) {
      await database
        .insertInto('name')
        .values({ ...name, person_id: person })
        .onConflict((conflict) => conflict.columns(['scope', 'folded']).doNothing())
        .execute();
      return (await holder(name.scope, name.folded)) === person;
    },
  };
}

/** Entitlements and the reasons for them. */
export function holdingStore(database: Kysely<Database>): HoldingStore {
  return {
    async of(person) {
      const holdings = await database
        .selectFrom('holding')
        .select(['target', 'object', 'kind'])
        .where('person_id', '=', person)
        .orderBy('target')
        .orderBy('object')
        .execute();
      const reasons = await database
        .selectFrom('holding_reason')
        .selectAll()
        .where('person_id', '=', person)
        .where('until_at', 'is', null)
        .execute();
      return holdings.map((holding) => ({
        target: holding.target,
        object: holding.object,
        kind: holding.kind as 'group' | 'licence',
        reasons: reasons
          .filter((reason) => reason.target === holding.target && reason.object === holding.object)
          .map((reason) => ({ kind: reason.kind as HoldingReason['kind'], reference: reason.reference })),
      }));
    },
    async add(person, holding, reason, at) {
      const key = { person_id: person, target: holding.target, object: holding.object };
      await database
        .insertInto('holding')
        .values({ ...key, kind: holding.kind })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await database
        .insertInto('holding_reason')
        .values({ ...key, kind: reason.kind, reference: reason.reference, from_at: at, until_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function toLink(row: LinkTable): AccountLink {
  return {
    target: row.target,
    nativeId: row.native_id,
    personId: row.person_id,
    kind: row.kind as AccountLink['kind'],
    how: row.how as AccountLink['how'],
    anchor: row.anchor,
    since: row.since,
  };
}

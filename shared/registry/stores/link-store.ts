import { type Kysely, sql } from 'kysely';
import type { AccountLink } from '../../domain/subject.ts';
import type { LinkStore, NameStore } from '../../ports/registry/links.ts';
import type { Database, LinkTable } from '../schema.ts';
import { nameDigest } from './name-digest.ts';

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
    async end(target, nativeId, at) {
      await database
        .updateTable('account_link')
        .set({ ended_at: at })
        .where('target', '=', target)
        .where('native_id', '=', nativeId)
        .where('ended_at', 'is', null)
        .execute();
    },
    async endedOf(person) {
      const ended = database.selectFrom('account_link').selectAll().where('person_id', '=', person).where('ended_at', 'is not', null);
      return (await ended.orderBy('ended_at', 'desc').execute()).map(toLink);
    },
  };
}

/** Names given out, for ever. */
export function nameStore(database: Kysely<Database>): NameStore {
  // A name that an erased person bore is theirs still, though only its digest is known.
  const holder = async (scope: string, folded: string) =>
    (
      await database
        .selectFrom('name')
        .select('person_id')
        .where('scope', '=', scope)
        .where((is) => is.or([is('folded', '=', folded), is('folded', '=', nameDigest(sql`${scope}::text`, sql`${folded}::text`))]))
        .executeTakeFirst()
    )?.person_id;
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
      const known = await holder(name.scope, name.folded);
      if (known !== undefined) return known === person;
      const fresh = await database
        .insertInto('name')
        .values({ ...name, person_id: person })
        .onConflict((conflict) => conflict.columns(['scope', 'folded']).doNothing())
        .returning('person_id')
        .executeTakeFirst();
      return (fresh?.person_id ?? (await holder(name.scope, name.folded))) === person;
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

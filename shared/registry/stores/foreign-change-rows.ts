import { type Kysely, sql } from 'kysely';
import type { Change, Outcome } from '../../domain/change.ts';
import type { AccountLink } from '../../domain/subject.ts';
import type { ForeignChange, ForeignChangeKind, ForeignChangeRows, OwnChange } from '../../ports/registry/graph-door.ts';
import type { Database, ForeignChangeTable, IntentTable, LinkTable } from '../schema.ts';

/** What others changed, and what of ours it is held against. */
export function foreignChangeRows(database: Kysely<Database>): ForeignChangeRows {
  return { ...foreignRows(database), ...linkReads(database), ...ownReads(database) };
}

type ForeignRows = Pick<ForeignChangeRows, 'keepForeign' | 'reopenings' | 'settleReopening' | 'foreignCounts'>;

function foreignRows(database: Kysely<Database>): ForeignRows {
  return {
    async keepForeign(changes) {
      if (changes.length === 0) return;
      const rows = changes.map(({ personId, isReopening, ...same }) => ({
        ...same,
        person_id: personId,
        is_reopening: isReopening,
        settled_at: null,
      }));
      await database.insertInto('foreign_change').values(rows).execute();
    },
    async reopenings(limit) {
      const query = database.selectFrom('foreign_change').selectAll().where('is_reopening', '=', true).where('settled_at', 'is', null);
      return (await query.orderBy('at').orderBy('id').limit(limit).execute()).map(toForeign);
    },
    async settleReopening(id, at) {
      await database.updateTable('foreign_change').set({ settled_at: at }).where('id', '=', id).execute();
    },
    async foreignCounts() {
      const rows = await database
        .selectFrom('foreign_change')
        .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
        .groupBy('kind')
        .orderBy('kind')
        .execute();
      return rows.map((row) => ({ kind: row.kind as ForeignChangeKind, count: row.count }));
    },
  };
}

function linkReads(database: Kysely<Database>): Pick<ForeignChangeRows, 'ownersOf' | 'withAnchor'> {
  const links = () => database.selectFrom('account_link').selectAll().where('ended_at', 'is', null);
  return {
    async ownersOf(target, accounts) {
      if (accounts.length === 0) return [];
      return (await links().where('target', '=', target).where('native_id', 'in', accounts).execute()).map(toLink);
    },
    async withAnchor(anchors) {
      return anchors.length === 0 ? [] : (await links().where('anchor', 'in', anchors).execute()).map(toLink);
    },
  };
}

/** Found to be so without a write of ours counts too: it says what we want. */
const spoken = sql<boolean>`(state = 'open' and sent_at is not null) or outcome->>'is' in ('done','already')
  or (outcome->>'is' = 'unknown' and sent_at is not null)`;
const spokenAt = sql<number>`coalesce(sent_at, closed_at, opened_at)`;

function ownReads(database: Kysely<Database>): Pick<ForeignChangeRows, 'ownChanges' | 'creating'> {
  return {
    async ownChanges(people) {
      if (people.length === 0) return [];
      const query = database
        .selectFrom('intent')
        .selectAll()
        .where('person_id', 'in', people)
        .where(sql<boolean>`change->>'as' = 'reach' and change->>'kind' in ('account','group')`)
        .where(spoken);
      return (await query.orderBy(spokenAt).execute()).map(toOwn);
    },
    async creating(target) {
      const query = database
        .selectFrom('intent')
        .selectAll()
        .where('state', '=', 'open')
        .where('sent_at', 'is not', null)
        .where(sql<boolean>`change->>'do' = 'create' and change->>'target' = ${target}`);
      return (await query.execute()).map(toOwn);
    },
  };
}

function toOwn(row: IntentTable): OwnChange {
  const change = row.change as Change;
  const outcome = row.outcome as Outcome | null;
  const seen = outcome !== null && 'object' in outcome ? outcome.object : row.object_id;
  const account = 'id' in change.object ? change.object.id : seen;
  return {
    changeId: row.change_id,
    personId: row.person_id,
    change,
    account,
    outcome,
    at: row.sent_at ?? row.closed_at ?? row.opened_at,
  };
}

function toForeign(row: ForeignChangeTable): ForeignChange {
  return {
    id: row.id,
    at: row.at,
    target: row.target,
    kind: row.kind as ForeignChangeKind,
    object: row.object,
    other: row.other,
    personId: row.person_id,
    isReopening: row.is_reopening,
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

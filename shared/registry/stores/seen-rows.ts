import { type Kysely, sql } from 'kysely';
import type { SeenMember, SeenRows, SeenUser } from '../../ports/registry/graph-door.ts';
import type { Database, SeenMemberTable, SeenUserTable } from '../schema.ts';

/** Rows for one statement: PostgreSQL takes 65,535 values in one. */
const most = 5000;

/** How users and memberships were last seen. */
export function seenRows(database: Kysely<Database>): SeenRows {
  return { ...seenUsers(database), ...seenMembers(database) };
}

function seenUsers(database: Kysely<Database>): Pick<SeenRows, 'seenUsers' | 'saveUsers' | 'missedUsers'> {
  return {
    async seenUsers(target, ids) {
      if (ids.length === 0) return [];
      const query = database.selectFrom('seen_user').selectAll().where('target', '=', target);
      return (await query.where('id', 'in', ids).execute()).map(toUser);
    },
    async saveUsers(target, users, round) {
      for (let from = 0; from < users.length; from += most) {
        const rows = users.slice(from, from + most).map(({ id, state }) => ({ target, id, state, round }));
        await database
          .insertInto('seen_user')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['target', 'id']).doUpdateSet({ state: sql<string>`excluded.state`, round: sql<number>`excluded.round` }),
          )
          .execute();
      }
    },
    async missedUsers(target, round, limit) {
      const query = database.selectFrom('seen_user').selectAll().where('target', '=', target).where('round', '<', round);
      return (await query.where('state', '<>', 'deleted').orderBy('id').limit(limit).execute()).map(toUser);
    },
  };
}

function seenMembers(database: Kysely<Database>): Pick<SeenRows, 'seenMembers' | 'saveMembers' | 'missedMembers' | 'membersSeen'> {
  const rowsOf = (target: string) => database.selectFrom('seen_member').selectAll().where('target', '=', target);
  return {
    async seenMembers(target, groups, members) {
      if (groups.length === 0 || members.length === 0) return [];
      const query = rowsOf(target).where('group_id', 'in', groups);
      return (await query.where('member_id', 'in', members).execute()).map(toMember);
    },
    async saveMembers(target, members, round) {
      for (let from = 0; from < members.length; from += most) {
        const rows = members
          .slice(from, from + most)
          .map(({ group, member, isMember }) => ({ target, group_id: group, member_id: member, is_member: isMember, round }));
        await database
          .insertInto('seen_member')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['target', 'group_id', 'member_id'])
              .doUpdateSet({ is_member: sql<boolean>`excluded.is_member`, round: sql<number>`excluded.round` }),
          )
          .execute();
      }
    },
    async missedMembers(target, round, limit) {
      const query = rowsOf(target).where('is_member', '=', true).where('round', '<', round);
      return (await query.orderBy('group_id').orderBy('member_id').limit(limit).execute()).map(toMember);
    },
    async membersSeen(target, group) {
      return (await rowsOf(target).where('group_id', '=', group).where('is_member', '=', true).execute()).map(toMember);
    },
  };
}

function toUser(row: SeenUserTable): SeenUser {
  return { id: row.id, state: row.state as SeenUser['state'] };
}

function toMember(row: SeenMemberTable): SeenMember {
  return { group: row.group_id, member: row.member_id, isMember: row.is_member };
}

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** A user's role in an application. */
export type StoredAssignment = {
  readonly id: string;
  readonly userId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
  readonly createdDateTime: string;
};

/** The assignments of a user, or to an application, by id. */
export function listAssignments(
  database: DatabaseSync,
  of: { readonly userId: string } | { readonly resourceId: string },
): readonly StoredAssignment[] {
  const [column, value] = 'userId' in of ? ['user_id', of.userId] : ['resource_id', of.resourceId];
  return database
    .prepare(`SELECT * FROM graph_app_roles WHERE ${column} = ? ORDER BY id`)
    .all(value)
    .map((row) => ({
      id: String(row['id']),
      userId: String(row['user_id']),
      resourceId: String(row['resource_id']),
      appRoleId: String(row['app_role_id']),
      createdDateTime: String(row['created']),
    }));
}

/** Stores an assignment under the id that follows from who, where and what. Undefined when it was there already. */
export function insertAssignment(database: DatabaseSync, values: Omit<StoredAssignment, 'id'>): StoredAssignment | undefined {
  const { userId, resourceId, appRoleId, createdDateTime } = values;
  const id = createHash('sha256').update(`${userId} ${resourceId} ${appRoleId}`).digest('base64url');
  const { changes } = database
    .prepare('INSERT OR IGNORE INTO graph_app_roles VALUES (?, ?, ?, ?, ?)')
    .run(id, userId, resourceId, appRoleId, createdDateTime);
  return changes === 1 ? { id, ...values } : undefined;
}

/** Removes an assignment. */
export function removeAssignment(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM graph_app_roles WHERE id = ?').run(id);
}

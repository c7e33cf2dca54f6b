import type { DatabaseSync } from 'node:sqlite';

/** Types of authentication method that the tenant keeps, as the last segment of their path says. */
export type MethodType =
  | 'temporaryAccessPass'
  | 'password'
  | 'phone'
  | 'email'
  | 'fido2'
  | 'microsoftAuthenticator'
  | 'softwareOath'
  | 'windowsHelloForBusiness'
  | 'platformCredential'
  | 'external';

/** A method of a user. The body holds no secret. */
export type Method = { readonly id: string; readonly type: MethodType; readonly body: Readonly<Record<string, unknown>> };

/** The user's methods, of one type or all. */
export function listMethods(database: DatabaseSync, userId: string, type?: MethodType): readonly Method[] {
  const rows = database.prepare('SELECT id, type, body FROM graph_methods WHERE user_id = ? ORDER BY type, id').all(userId);
  // Written by insertMethod only.
  const methods = rows.map((row) => ({
    id: String(row['id']),
    type: row['type'] as MethodType,
    body: JSON.parse(String(row['body'])) as Method['body'],
  }));
  return type === undefined ? methods : methods.filter((method) => method.type === type);
}

/** Stores a method. */
export function insertMethod(database: DatabaseSync, userId: string, method: Method): void {
  database.prepare('INSERT INTO graph_methods VALUES (?, ?, ?, ?)').run(method.id, userId, method.type, JSON.stringify(method.body));
}

/** Removes a method. False when it was not there. */
export function removeMethod(database: DatabaseSync, userId: string, id: string): boolean {
  return database.prepare('DELETE FROM graph_methods WHERE user_id = ? AND id = ?').run(userId, id).changes === 1;
}

import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** What is written back to HR about a worker's accounts. */
export const workContactSchema = z.strictObject({ email: z.email().nullable(), userPrincipalName: z.string().min(1).nullable() });

/** A worker's work address and sign-in name, as written back. */
export type WorkContact = z.infer<typeof workContactSchema> & { readonly workerId: string };

/** Creates the table of work contacts. */
export function prepareWorkContacts(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS hr_work_contacts (worker_id TEXT PRIMARY KEY, contact TEXT NOT NULL)');
}

/** Keeps the contact, also for a worker who is not in HR yet. */
export function putWorkContact(database: DatabaseSync, contact: WorkContact): void {
  database
    .prepare('INSERT INTO hr_work_contacts VALUES (?, ?) ON CONFLICT DO UPDATE SET contact = excluded.contact')
    .run(contact.workerId, JSON.stringify(contact));
}

/** The contact that was last written for the worker. */
export function findWorkContact(database: DatabaseSync, workerId: string): WorkContact | undefined {
  const row = database.prepare('SELECT contact FROM hr_work_contacts WHERE worker_id = ?').get(workerId);
  return row === undefined ? undefined : (JSON.parse(String(row['contact'])) as WorkContact);
}

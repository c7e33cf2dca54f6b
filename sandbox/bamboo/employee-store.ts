import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { enqueueBody } from '../hr/event-queue.ts';
import type { Employee, EmployeeFields } from './employee-fields.ts';

/** What last happened to an employee, deleted ones included. */
export type EmployeeChange = { readonly id: string; readonly action: 'Inserted' | 'Updated' | 'Deleted'; readonly lastChanged: string };

// BambooHR's own name of the company that its events carry.
const companyId = 'contoso';

/** Creates the table of employees. It begins empty: this HR system belongs to a company that is yet to be brought in. */
export function prepareEmployees(database: DatabaseSync): void {
  database.exec(`CREATE TABLE IF NOT EXISTS bamboo_employees (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fields TEXT NOT NULL, action TEXT NOT NULL, changed_at INTEGER NOT NULL)`);
}

/** The employee, or undefined. */
export function findEmployee(database: DatabaseSync, id: string): Employee | undefined {
  const row = database.prepare("SELECT * FROM bamboo_employees WHERE id = ? AND action <> 'Deleted'").get(id);
  return row === undefined ? undefined : fromRow(row);
}

/** All employees, by id. */
export function listEmployees(database: DatabaseSync): readonly Employee[] {
  return database.prepare("SELECT * FROM bamboo_employees WHERE action <> 'Deleted' ORDER BY id").all().map(fromRow);
}

/** The employee with this number of the company's own, or undefined. */
export function findByNumber(database: DatabaseSync, employeeNumber: string | null | undefined): Employee | undefined {
  if (employeeNumber == null) return undefined;
  const row = database
    .prepare("SELECT * FROM bamboo_employees WHERE json_extract(fields, '$.employeeNumber') = ? AND action <> 'Deleted'")
    .get(employeeNumber);
  return row === undefined ? undefined : fromRow(row);
}

/** Who was changed at or after an instant (milliseconds), and how. */
export function listChanges(database: DatabaseSync, since: number): readonly EmployeeChange[] {
  return database
    .prepare('SELECT * FROM bamboo_employees WHERE changed_at >= ? ORDER BY changed_at, id')
    .all(since)
    .map((row) => ({
      id: String(row['id']),
      action: row['action'] === 'Inserted' || row['action'] === 'Deleted' ? row['action'] : 'Updated',
      lastChanged: instant(Number(row['changed_at'])),
    }));
}

/** Enters an employee and queues the event, in one transaction. */
export function hireEmployee(world: World, given: EmployeeFields): Employee {
  return transaction(world.database, () => {
    const fields = { status: 'Active', originalHireDate: given.hireDate ?? null, ...given };
    const { lastInsertRowid } = world.database
      .prepare("INSERT INTO bamboo_employees (fields, action, changed_at) VALUES (?, 'Inserted', ?)")
      .run(JSON.stringify(fields), world.now());
    const id = String(lastInsertRowid);
    announce(world, { type: 'employee.created', id, changedFields: Object.keys(fields) });
    return { ...fields, id, lastChanged: instant(world.now()) };
  });
}

/** Changes an employee and queues the event, in one transaction; what changes nothing makes none. Undefined when there is no such employee. */
export function changeEmployee(world: World, id: string, change: EmployeeFields): Employee | undefined {
  return transaction(world.database, () => {
    const before = findEmployee(world.database, id);
    if (before === undefined) return undefined;
    const given: Readonly<Record<string, unknown>> = change;
    const known: Readonly<Record<string, unknown>> = before;
    const changedFields = Object.keys(given).filter((name) => given[name] !== (known[name] ?? null));
    if (changedFields.length === 0) return before;
    const { id: _id, lastChanged: _at, ...fields } = { ...before, ...change };
    world.database
      .prepare("UPDATE bamboo_employees SET fields = ?, action = 'Updated', changed_at = ? WHERE id = ?")
      .run(JSON.stringify(fields), world.now(), id);
    announce(world, { type: 'employee.updated', id, changedFields });
    return findEmployee(world.database, id);
  });
}

/** Deletes an employee's record and queues the event, in one transaction. False when there is no such employee. */
export function deleteEmployee(world: World, id: string): boolean {
  return transaction(world.database, () => {
    if (findEmployee(world.database, id) === undefined) return false;
    world.database
      .prepare("UPDATE bamboo_employees SET fields = '{}', action = 'Deleted', changed_at = ? WHERE id = ?")
      .run(world.now(), id);
    announce(world, { type: 'employee.deleted', id, changedFields: [] });
    return true;
  });
}

type Told = { readonly type: string; readonly id: string; readonly changedFields: readonly string[] };

// The event says who changed and in which fields, never the values (https://documentation.bamboohr.com/docs/webhooks).
function announce(world: World, { type, id, changedFields }: Told): void {
  const body = JSON.stringify({ type, timestamp: instant(world.now()), data: { companyId, employeeId: id, changedFields } });
  enqueueBody(world.database, 'bamboo', { workerId: id, body });
}

// BambooHR writes whole seconds with an offset.
function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`;
}

function fromRow(row: Readonly<Record<string, unknown>>): Employee {
  const fields = JSON.parse(String(row['fields'])) as EmployeeFields;
  return { ...fields, id: String(row['id']), lastChanged: instant(Number(row['changed_at'])) };
}

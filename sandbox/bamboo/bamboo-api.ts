import { z } from 'zod';
import type { WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { valuesOf, type Employee } from './employee-fields.ts';
import { findByNumber, findEmployee, listChanges, listEmployees } from './employee-store.ts';

/** What an operation needs of a request. */
export type BambooRequest = { readonly id: string; readonly query: (name: string) => string | undefined };

/** One operation of BambooHR's API, below the version. */
export type BambooOperation = {
  readonly name: string;
  readonly route: string;
  readonly work: (world: World, request: BambooRequest) => WireAnswer;
};

/** The operations by which Gatehouse reads (https://documentation.bamboohr.com/reference): the directory, who changed since an instant, one employee. */
export const bambooOperations: readonly BambooOperation[] = [
  { name: 'employees.directory', route: '/v1/employees/directory', work: directory },
  { name: 'employees.changed', route: '/v1/employees/changed', work: changed },
  { name: 'employees.get', route: '/v1/employees/:id', work: get },
];

const mostFields = 400;
const directoryFields = [
  'displayName',
  'firstName',
  'lastName',
  'preferredName',
  'jobTitle',
  'workPhone',
  'workEmail',
  'department',
  'location',
  'division',
  'supervisor',
];
const changedSchema = z.object({
  since: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  type: z.enum(['inserted', 'updated', 'deleted', 'all']).default('all'),
});

function directory(world: World): WireAnswer {
  const employees = listEmployees(world.database).filter((employee) => employee.status === 'Active');
  return {
    status: 200,
    body: {
      fields: directoryFields.map((id) => ({ id, type: 'text', name: id })),
      employees: employees.map((employee) => ({ id: employee.id, ...shown(world, employee, directoryFields) })),
    },
  };
}

function changed(world: World, { query }: BambooRequest): WireAnswer {
  const asked = changedSchema.safeParse({ since: query('since'), type: query('type') });
  if (!asked.success) return bambooFailure(400, 'since must be an instant in ISO 8601, type one of inserted, updated, deleted');
  const { since, type } = asked.data;
  const found = listChanges(world.database, since).filter(({ action }) => type === 'all' || action.toLowerCase() === type);
  return {
    status: 200,
    body: { latest: found.at(-1)?.lastChanged ?? null, employees: Object.fromEntries(found.map((one) => [one.id, one])) },
  };
}

function get(world: World, { id, query }: BambooRequest): WireAnswer {
  const names = (query('fields') ?? 'firstName,lastName').split(',').filter((name) => name !== '');
  if (names.length > mostFields) return bambooFailure(400, `at most ${mostFields} fields can be asked for`);
  const employee = findEmployee(world.database, id);
  return employee === undefined
    ? bambooFailure(404, 'employee not found')
    : { status: 200, body: { id: employee.id, ...shown(world, employee, names) } };
}

function shown(world: World, employee: Employee, names: readonly string[]): Readonly<Record<string, string | null>> {
  return valuesOf(employee, names, findByNumber(world.database, employee.supervisorEId));
}

/** A failure as BambooHR tells it: in a header. */
export function bambooFailure(status: number, message: string): WireAnswer {
  return { status, headers: { 'X-BambooHR-Error-Message': message } };
}

import { z } from 'zod';

const text = z.string();
const date = z.union([z.iso.date(), z.literal('0000-00-00')]);

const fields = {
  employeeNumber: text,
  firstName: text.min(1),
  middleName: text,
  lastName: text,
  preferredName: text,
  status: z.enum(['Active', 'Inactive']),
  hireDate: date,
  originalHireDate: date,
  terminationDate: date,
  employmentHistoryStatus: text,
  jobTitle: text,
  department: text,
  division: text,
  location: text,
  city: text,
  country: text,
  supervisorEId: text,
  homeEmail: text,
  workEmail: text,
  workPhone: text,
  mobilePhone: text,
};

/** The fields of an employee that are stored, by BambooHR's names (https://documentation.bamboohr.com/docs/list-of-field-names). */
export type EmployeeFields = { readonly [Name in keyof typeof fields]?: string | null };

/** A change of an employee: fields left out stay, null empties. */
export const employeeChangeSchema = z.strictObject(
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, schema.nullable().exactOptional()])),
);

/** A new employee: a first name, a last name and a hire date are needed, as BambooHR's own form does. */
export const newEmployeeSchema = employeeChangeSchema.safeExtend({ firstName: fields.firstName, lastName: text, hireDate: z.iso.date() });

/** An employee as BambooHR keeps one. `id` is BambooHR's own number, `lastChanged` an instant. */
export type Employee = EmployeeFields & { readonly id: string; readonly lastChanged: string };

const dates = ['hireDate', 'originalHireDate', 'terminationDate'];

/** The values of named fields as the API answers them, the computed ones included. A date that was never set is `0000-00-00`, any other empty field null; unknown names are left out. */
export function valuesOf(
  employee: Employee,
  names: readonly string[],
  supervisor: Employee | undefined,
): Readonly<Record<string, string | null>> {
  const nameOf = (one: Employee) => `${one.firstName ?? ''} ${one.lastName ?? ''}`.trim();
  const all: Readonly<Record<string, string | null | undefined>> = {
    ...employee,
    displayName: nameOf({ ...employee, firstName: employee.preferredName ?? employee.firstName ?? null }),
    fullName1: nameOf(employee),
    supervisor: supervisor === undefined ? null : `${supervisor.lastName ?? ''}, ${supervisor.firstName ?? ''}`,
    supervisorId: supervisor?.id ?? null,
    supervisorEId: employee.supervisorEId ?? null,
  };
  const known = new Set([...Object.keys(fields), ...Object.keys(all)]);
  const valueOf = (name: string) => all[name] ?? (dates.includes(name) ? '0000-00-00' : null);
  return Object.fromEntries(names.filter((name) => known.has(name)).map((name) => [name, valueOf(name)]));
}

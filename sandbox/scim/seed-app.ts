import { companyOf } from '../company/company-of.ts';
import type { CompanyPerson } from '../company/company.ts';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { enterpriseUrn } from './app-schemas.ts';
import { readAppResources, saveAppResource } from './app-store.ts';

// The groups of the application on the first morning; who administers it is in the last.
const appGroups = {
  staff: 'c1000000-0000-4000-8000-000000000001',
  developers: 'c1000000-0000-4000-8000-000000000002',
  admins: 'c1000000-0000-4000-8000-000000000003',
} as const;

/** The id of a person's account in the application; null for contractors, who have none. */
export function appIdOf(person: Pick<CompanyPerson, 'workerId' | 'kind'>): string | null {
  return person.kind === 'contractor' ? null : `c2000000-0000-4000-8000-${person.workerId.padStart(12, '0')}`;
}

/** Enters the company's accounts and groups when the application is empty. */
export function seedApp(world: World): void {
  transaction(world.database, () => {
    if (readAppResources(world.database, 'Group').length > 0) return;
    const people = companyOf(world).inHr.filter((person) => appIdOf(person) !== null);
    const byWorker = new Map(people.map((person) => [person.workerId, person]));
    for (const person of people) saveUser(world, person, byWorker.get(person.managerId ?? ''));
    saveGroup(world, { id: appGroups.staff, displayName: 'App Staff' }, people);
    saveGroup(
      world,
      { id: appGroups.developers, displayName: 'App Developers' },
      people.filter(({ jobCode }) => jobCode.startsWith('ENG')),
    );
    saveGroup(
      world,
      { id: appGroups.admins, displayName: 'App Administrators' },
      people.filter(({ workerId }) => workerId === '10008'),
    );
  });
}

function saveUser(world: World, person: CompanyPerson, manager: CompanyPerson | undefined): void {
  const attributes = {
    userName: person.userPrincipalName,
    externalId: person.workerId,
    name: { givenName: person.name.given, familyName: person.name.family ?? person.name.given },
    displayName: person.displayName,
    title: person.jobTitle,
    active: true,
    emails: [{ value: person.mail, type: 'work', primary: true }],
    [enterpriseUrn]: {
      employeeNumber: person.workerId,
      department: person.department,
      ...(manager === undefined ? {} : { manager: { value: appIdOf(manager) } }),
    },
  };
  saveAppResource(world.database, { type: 'User', id: appIdOf(person) ?? '', attributes }, world.now());
}

function saveGroup(
  world: World,
  { id, displayName }: { readonly id: string; readonly displayName: string },
  people: readonly CompanyPerson[],
): void {
  const members = people.map((person) => ({ value: appIdOf(person), type: 'User' }));
  saveAppResource(
    world.database,
    { type: 'Group', id, attributes: { displayName, ...(members.length === 0 ? {} : { members }) } },
    world.now(),
  );
}

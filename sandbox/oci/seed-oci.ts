import { companyOf } from '../company/company-of.ts';
import type { CompanyPerson } from '../company/company.ts';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { countResources, saveResource } from './resource-store.ts';
import { writeMembers } from './memberships.ts';
import { seedAccess } from './seed-access.ts';
import { initialUser } from './user-rules.ts';
import { userUrn } from './scim/user-schema.ts';

const groups = [
  { id: 'b1000000000000000000000000000001', displayName: 'OCI Staff' },
  { id: 'b1000000000000000000000000000002', displayName: 'OCI Developers' },
  { id: 'b1000000000000000000000000000003', displayName: 'OCI Auditors' },
] as const;

/** Enters the company's OCI users and groups when the domain is empty. Sends no mail. */
export function seedOci(world: World): void {
  transaction(world.database, () => {
    if (countResources(world.database, 'Group') > 0) return;
    const company = companyOf(world).inHr;
    const byWorker = new Map(company.map((person) => [person.workerId, person]));
    for (const person of company)
      if (person.ociId !== null) saveUser(world, person, { id: person.ociId, manager: byWorker.get(person.managerId ?? '') });
    seedAccess(world, company);
    for (const { id, displayName } of groups) {
      saveResource(
        world,
        { type: 'Group', id, attributes: { displayName } },
        { key: displayName.toLowerCase(), externalId: null, employeeNumber: null },
      );
      writeMembers(
        world,
        id,
        company.flatMap((person) => (person.ociGroups.includes(id) && person.ociId !== null ? [person.ociId] : [])),
      );
    }
  });
}

type Account = { readonly id: string; readonly manager: CompanyPerson | undefined };

function saveUser(world: World, person: CompanyPerson, { id, manager }: Account): void {
  const attributes = initialUser({
    userName: person.userPrincipalName,
    name: { givenName: person.name.given, familyName: person.name.family ?? person.name.given },
    displayName: person.displayName,
    title: person.jobTitle,
    active: true,
    emails: [
      { value: person.mail, type: 'work', primary: true },
      { value: person.mail, type: 'recovery', primary: false },
    ],
    [userUrn.enterprise]: {
      employeeNumber: person.workerId,
      department: person.department,
      costCenter: person.costCenter,
      ...managerOf(world, manager),
    },
    [userUrn.user]: { isFederatedUser: true, bypassNotification: true },
  });
  saveResource(
    world,
    { type: 'User', id, attributes },
    { key: person.userPrincipalName, externalId: null, employeeNumber: person.workerId },
  );
}

function managerOf(world: World, manager: CompanyPerson | undefined) {
  if (manager === undefined || manager.ociId === null) return {};
  return { manager: { value: manager.ociId, $ref: `${world.urls.oci}/admin/v1/Users/${manager.ociId}`, displayName: manager.displayName } };
}

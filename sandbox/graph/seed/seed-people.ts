import type { CompanyPerson } from '../../company/company.ts';
import { domain, units } from '../../directory/domain.ts';
import { guidToBytes } from '../../directory/names/guid.ts';
import type { World } from '../../foundation/world.ts';
import { withLicences } from '../licences/assign-license.ts';
import { setEdge } from '../store/edges.ts';
import { insertObject } from '../store/objects.ts';
import { newUser } from '../users/create-user.ts';

/** Makes everyone's account with licences and manager. Employees are synced; contractors are cloud only. */
export function seedPeople(world: World, people: readonly CompanyPerson[]): void {
  const ids = new Map(people.map(({ workerId, entraId }) => [workerId, entraId]));
  for (const person of people) {
    const since = `${person.hireDate}T09:00:00Z`;
    const user = newUser({ id: person.entraId, ...personProperties(person), ...syncProperties(world, person) }, since);
    const licences = person.licences.map((skuId) => ({ skuId, disabledPlans: [] }));
    insertObject(world, { kind: 'user', entity: withLicences(world, user, licences) });
    setEdge(world.database, 'manager', person.entraId, ids.get(person.managerId ?? '') ?? null);
  }
}

function personProperties(person: CompanyPerson): Readonly<Record<string, unknown>> {
  return {
    accountEnabled: true,
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    givenName: person.name.given,
    surname: person.name.family,
    mail: person.mail,
    mailNickname: person.mail.split('@')[0],
    jobTitle: person.jobTitle,
    department: person.department,
    companyName: person.company,
    officeLocation: person.location.code,
    city: person.location.city,
    country: person.location.country,
    usageLocation: person.location.country,
    employeeId: person.workerId,
    employeeType: person.kind,
    businessPhones: [person.phone],
    // Cloud Sync's default mapping has no target for these; Contoso's contractors have them from the hand of the administrator.
    ...(person.kind === 'contractor'
      ? { employeeHireDate: `${person.hireDate}T00:00:00Z`, employeeOrgData: { costCenter: person.costCenter, division: person.division } }
      : {}),
  };
}

function syncProperties(world: World, person: CompanyPerson): Readonly<Record<string, unknown>> {
  if (person.adObjectGuid === null) return {};
  return {
    onPremisesSyncEnabled: true,
    onPremisesImmutableId: guidToBytes(person.adObjectGuid).toString('base64'),
    onPremisesSamAccountName: person.samAccountName,
    onPremisesDistinguishedName: `CN=${person.displayName},OU=${person.location.country},${units.people}`,
    onPremisesDomainName: domain.dnsName,
    onPremisesUserPrincipalName: person.userPrincipalName,
    onPremisesLastSyncDateTime: new Date(world.now()).toISOString(),
    onPremisesProvisioningErrors: [],
  };
}

import type { CompanyPerson } from '../../company/company.ts';
import type { World } from '../../foundation/world.ts';
import { packageCatalogue } from '../packages/package-catalogue.ts';
import { assignPackage } from '../packages/package-store.ts';
import { addEdge } from '../store/edges.ts';
import type { AdministrativeUnit } from '../store/entities.ts';
import { insertObject } from '../store/objects.ts';

const unit = (number: number, displayName: string, more: Partial<AdministrativeUnit> = {}): AdministrativeUnit => ({
  id: `fc000000-0000-4000-8000-00000000000${number}`,
  deletedDateTime: null,
  displayName,
  description: null,
  visibility: null,
  membershipType: 'Assigned',
  membershipRule: null,
  membershipRuleProcessingState: null,
  isMemberManagementRestricted: false,
  ...more,
});

/** Makes the administrative units of docs/sandbox.md: the people of Portugal are in theirs, the chief executive in the restricted one. Whose worker id ends with 8 has the access package Audit Season. */
export function seedUnits(world: World, people: readonly CompanyPerson[]): void {
  const [portugal, leavers, board, contractors] = [
    unit(1, 'Portugal'),
    unit(2, 'Leavers'),
    unit(3, 'Board', { isMemberManagementRestricted: true }),
    unit(4, 'Contractors', { membershipType: 'Dynamic', membershipRule: 'user.employeeType -eq "contractor"' }),
  ];
  for (const entity of [portugal, leavers, board, contractors]) insertObject(world, { kind: 'administrativeUnit', entity });
  const audit = packageCatalogue.at(-1);
  for (const person of people.filter(({ preexisting }) => !preexisting)) {
    if (person.location.country === 'PT') addEdge(world.database, 'unitMembers', portugal.id, person.entraId);
    if (person.workerId === '10001') addEdge(world.database, 'unitMembers', board.id, person.entraId);
    if (person.workerId.endsWith('8') && audit !== undefined) assignPackage(world, person.entraId, audit, world.now() - 60_000);
  }
}

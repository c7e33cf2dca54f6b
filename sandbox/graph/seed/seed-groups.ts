import type { CompanyPerson } from '../../company/company.ts';
import { departments } from '../../company/departments.ts';
import type { World } from '../../foundation/world.ts';
import { newGroup } from '../groups/write-groups.ts';
import { addEdge } from '../store/edges.ts';
import { insertObject } from '../store/objects.ts';

const since = '2012-03-01T09:00:00Z';
const id = (number: number): string => `a1000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

type Made = Readonly<Record<string, unknown>>;

const security = (number: number, displayName: string, more: Made = {}): Made => ({
  id: id(number),
  displayName,
  mailNickname: displayName.toLowerCase().replaceAll(' ', '-'),
  mailEnabled: false,
  securityEnabled: true,
  groupTypes: [],
  ...more,
});
const microsoft365 = (number: number, displayName: string): Made => ({
  ...security(number, displayName),
  mailEnabled: true,
  securityEnabled: false,
  groupTypes: ['Unified'],
  visibility: 'Private',
  resourceProvisioningOptions: ['Team'],
});

// The groups of docs/sandbox.md.
const groups: readonly Made[] = [
  security(1, 'All Employees'),
  security(2, 'All Contractors'),
  ...['Platform', 'Sales', 'Finance', 'People', 'Support'].map((name, index) => microsoft365(3 + index, `${name} Team`)),
  ...['Lisbon', 'London', 'Berlin', 'New York', 'Tokyo'].map((name, index) => security(8 + index, `${name} Office`)),
  security(13, 'Everyone in Portugal', {
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.country -eq "PT"',
    membershipRuleProcessingState: 'On',
  }),
  security(14, 'Privileged Operators', { isAssignableToRole: true, visibility: 'Private' }),
  // What the access packages give.
  security(15, 'Sales Tools'),
  security(16, 'Audit Season'),
];

/** Makes the groups and puts everyone into theirs; the head of a department owns its team, and worker 10016 alone the group Audit Season. */
export function seedGroups(world: World, people: readonly CompanyPerson[]): void {
  for (const values of groups) insertObject(world, { kind: 'group', entity: newGroup(values, since) });
  for (const person of people) for (const group of person.entraGroups) addEdge(world.database, 'members', group, person.entraId);
  for (const person of people.filter(({ managerId, lastDay, preexisting }) => managerId === '10001' && lastDay === null && !preexisting))
    addEdge(world.database, 'owners', departments[person.department].entraGroup, person.entraId);
  const auditor = people.find(({ workerId }) => workerId === '10016');
  if (auditor !== undefined) addEdge(world.database, 'owners', id(16), auditor.entraId);
}

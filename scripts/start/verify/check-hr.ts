import { compare, type Expectation, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** HR knows the work address, which is the sign-in name of the tenant; nothing long before the day. */
export function checkHr({ hire, stage }: Expectation, { hr, graph }: World): readonly Finding[] {
  const contact = hr.workContacts.find(({ workerId }) => workerId === hire.workerId);
  if (stage === 'nothing') return compare('HR', 'work address', undefined, contact?.email);
  const user = graph.users.find(({ employeeId, deleted }) => employeeId === hire.workerId && !deleted);
  return [
    ...compare('HR', 'work address', user?.userPrincipalName ?? 'one', contact?.email),
    ...compare('HR', 'sign-in name', user?.userPrincipalName, contact?.userPrincipalName),
  ];
}

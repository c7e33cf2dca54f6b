import { compare, compareSets, type Expectation, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

const accountDisabled = 2;
const longestSamAccountName = 20;

/** The one account in the directory: where it belongs, open or shut by date, in its groups, under its manager, its names nobody else's. None for a contractor, nor long before the day. */
export function checkDirectory({ hire, stage, isEmployee, adGroups, jobTitle }: Expectation, { directory }: World): readonly Finding[] {
  const accounts = directory.filter(
    ({ employeeID, objectClass }) => employeeID === hire.workerId && objectClass?.includes('user') === true,
  );
  const wanted = isEmployee && stage !== 'nothing' ? 1 : 0;
  const [account] = accounts;
  if (accounts.length !== wanted || account === undefined) return compare('AD', 'accounts in the directory', wanted, accounts.length);
  const manager = directory.find(({ dn }) => dn === account.manager)?.employeeID;
  const isOpen = (Number(account.userAccountControl) & accountDisabled) === 0;
  const bearers = (name: 'userPrincipalName' | 'sAMAccountName') =>
    directory.filter((other) => other[name]?.toLowerCase() === account[name]?.toLowerCase()).length;
  return [
    ...compare(
      'AD',
      'unit',
      `OU=${hire.location.country},OU=People,DC=corp,DC=contoso,DC=example`,
      account.dn.slice(account.dn.search(/(?<!\\),/) + 1),
    ),
    ...compare('AD', 'enabled', stage === 'open', isOpen),
    ...compareSets(
      'AD',
      'groups',
      adGroups,
      (account.memberOf ?? []).map((dn) => /^CN=([^,]+)/.exec(dn)?.[1] ?? dn),
    ),
    ...compare('AD', 'manager', hire.managerId, manager),
    ...(jobTitle === undefined ? [] : compare('AD', 'title', jobTitle, account.title)),
    ...compare('AD', 'accounts with its sign-in name', 1, bearers('userPrincipalName')),
    ...compare('AD', 'accounts with its sAMAccountName', 1, bearers('sAMAccountName')),
    ...compare('AD', 'sAMAccountName is at most 20 characters', true, (account.sAMAccountName ?? '').length <= longestSamAccountName),
  ];
}

import { compare, type Finding } from '../verify/expected.ts';
import type { Left } from '../verify/check-shut.ts';
import type { World } from '../verify/read-world.ts';

const accountDisabled = 2;
/** His manager, to whom they report now. */
export const nextManager = '10002';
const reportsInAd = ['10011', '10014'];
const reportsInCloud = ['20001', '20002'];

/** Groups that carry privileges: Gatehouse takes nobody out of them, and says that two people have to. */
export const leftToPeople: Left = { adGroups: ['GG-Admins'], entraGroups: ['Privileged Operators'] };

/** Who reports to the protected leaver when he goes, by worker id. */
export const reports: readonly string[] = [...reportsInAd, ...reportsInCloud];

/** Until two have agreed the accounts that hold privileges are open: nothing else was said of them. */
export function checkOpenMeanwhile(workerId: string, { directory, graph }: World): readonly Finding[] {
  const account = directory.find(({ employeeID }) => employeeID === workerId);
  const user = graph.users.find(({ employeeId }) => employeeId === workerId);
  return [
    ...compare('AD', 'enabled', true, (Number(account?.userAccountControl) & accountDisabled) === 0),
    ...compare('Entra', 'enabled', true, user?.accountEnabled),
  ];
}

/** The leaver's reports have their manager's manager now, where the account is mastered. */
export function checkReports({ directory, graph }: World): readonly Finding[] {
  const managerInAd = (workerId: string) => {
    const account = directory.find(({ employeeID }) => employeeID === workerId);
    return directory.find(({ dn }) => dn === account?.manager)?.employeeID;
  };
  const managerInCloud = (workerId: string) => {
    const user = graph.users.find(({ employeeId }) => employeeId === workerId);
    return graph.users.find(({ id }) => id === user?.manager)?.employeeId;
  };
  return [
    ...reportsInAd.flatMap((workerId) => compare('AD', `manager of ${workerId}`, nextManager, managerInAd(workerId))),
    ...reportsInCloud.flatMap((workerId) => compare('Entra', `manager of ${workerId}`, nextManager, managerInCloud(workerId))),
  ];
}

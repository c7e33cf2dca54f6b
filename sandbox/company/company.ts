import { accountName, samAccountName } from './account-name.ts';
import { departments, type DepartmentName } from './departments.ts';
import { offices, type OfficeCode } from './offices.ts';
import { people, peopleUnknownToHr, type PersonRow } from './people.ts';

/** A person of Contoso: the worker as HR records them, and the accounts that they have on the first morning. */
export type CompanyPerson = {
  readonly workerId: string;
  readonly kind: 'employee' | 'contractor';
  readonly name: { readonly given: string; readonly family: string | null };
  readonly displayName: string;
  readonly personalEmail: string;
  readonly jobTitle: string;
  readonly jobCode: string;
  readonly department: DepartmentName;
  readonly costCenter: string;
  readonly company: 'Contoso';
  readonly division: string;
  readonly location: { readonly code: OfficeCode; readonly city: string; readonly country: string };
  /** Worker id of the manager; null for the chief executive only. */
  readonly managerId: string | null;
  /** `YYYY-MM-DD`, in the past. */
  readonly hireDate: string;
  readonly timeZone: string;
  readonly phone: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  /** At most 20 characters; null for contractors, who are not in AD. */
  readonly samAccountName: string | null;
  /** objectGUID in AD; null for contractors. */
  readonly adObjectGuid: string | null;
  /** objectGUIDs of the AD groups that they are direct members of. */
  readonly adGroups: readonly string[];
  readonly entraId: string;
  /** Ids of the Entra groups that they are assigned to; membership of the dynamic group is left to its rule. */
  readonly entraGroups: readonly string[];
  /** skuIds. */
  readonly licences: readonly string[];
  readonly inOci: boolean;
  /** 32 hexadecimal digits; null when not in OCI. */
  readonly ociId: string | null;
  readonly ociGroups: readonly string[];
  /** The accounts were made by hand: HR does not know the person yet. */
  readonly preexisting: boolean;
  /** `YYYY-MM-DD`, in the past: of somebody who left and whose accounts were left open. */
  readonly lastDay: string | null;
};

const entraGroup = (last: string) => `a1000000-0000-4000-8000-00000000000${last}`;
const adGroup = (last: string) => `d1000000-0000-4000-8000-00000000000${last}`;
const ociGroup = (last: string) => `b100000000000000000000000000000${last}`;
const licence = {
  e3: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  e5: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  f1: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
};
const executives = new Set(['10001', '10002', '10003', '10004', '10005', '10006']);
/** Member of Privileged Operators in Entra and of GG-Admins in AD. */
const privileged = '10008';

/** The 60 people of docs/sandbox.md, in the order of their worker ids. All of them are in HR and have an Entra account. */
export const company: readonly CompanyPerson[] = people.map((row) => personOf(row));

/** People with accounts in AD and Entra, worker id set, who are not in HR. */
export const preexistingAccounts: readonly CompanyPerson[] = peopleUnknownToHr.map((row) => personOf(row, { preexisting: true }));

/** The person of a row, with the accounts that follow from it. */
export function personOf(row: PersonRow, more: { readonly preexisting?: boolean; readonly lastDay?: string } = {}): CompanyPerson {
  const { preexisting = false, lastDay = null } = more;
  const [workerId, given, family, department, jobCode, jobTitle, officeCode, managerId, hireDate, latin] = row;
  const { code, city, country, timeZone, phonePrefix } = offices[officeCode];
  const local = accountName(latin === undefined ? [given, family ?? ''] : latin.split(' '));
  const { costCenter, division } = departments[department];
  return {
    workerId,
    kind: workerId.startsWith('1') ? 'employee' : 'contractor',
    name: { given, family },
    displayName: latin === undefined ? [given, family].filter((part) => part !== null).join(' ') : `${family} ${given}`,
    personalEmail: `${local}@example.net`,
    jobTitle,
    jobCode,
    department,
    costCenter,
    company: 'Contoso',
    division,
    location: { code, city, country },
    managerId,
    hireDate,
    timeZone,
    phone: `${phonePrefix} ${workerId.slice(0, 1)}${workerId.slice(2)}`,
    userPrincipalName: `${local}@contoso.example`,
    mail: `${local}@contoso.example`,
    preexisting,
    lastDay,
    ...adAccount(row, local),
    ...entraAccount(row),
    ...ociAccount(row, preexisting),
  };
}

function adAccount(
  [workerId, , , department, , , office]: PersonRow,
  local: string,
): Pick<CompanyPerson, 'samAccountName' | 'adObjectGuid' | 'adGroups'> {
  if (workerId.startsWith('2')) return { samAccountName: null, adObjectGuid: null, adGroups: [] };
  const groups = [adGroup('1'), departments[department].adGroup, offices[office].adGroup];
  return {
    samAccountName: samAccountName(local),
    adObjectGuid: `d2000000-0000-4000-8000-${workerId.padStart(12, '0')}`,
    adGroups: workerId === privileged ? [...groups, adGroup('c')] : groups,
  };
}

function entraAccount([workerId, , , department, , , office]: PersonRow): Pick<CompanyPerson, 'entraId' | 'entraGroups' | 'licences'> {
  const isEmployee = workerId.startsWith('1');
  const groups = [entraGroup(isEmployee ? '1' : '2'), departments[department].entraGroup, offices[office].entraGroup];
  const employeeLicence = executives.has(workerId) ? licence.e5 : licence.e3;
  return {
    entraId: `e1000000-0000-4000-8000-${workerId.padStart(12, '0')}`,
    entraGroups: workerId === privileged ? [...groups, entraGroup('e')] : groups,
    licences: [isEmployee ? employeeLicence : licence.f1],
  };
}

// OCI is used by those who build on it and those who audit it.
function ociAccount([workerId, , , department]: PersonRow, preexisting: boolean): Pick<CompanyPerson, 'inOci' | 'ociId' | 'ociGroups'> {
  const inOci =
    !preexisting && (department === 'Platform' || (department === 'Finance' && workerId.startsWith('1')) || workerId === '10001');
  if (!inOci) return { inOci, ociId: null, ociGroups: [] };
  const ociGroups = [ociGroup('1')];
  if (department === 'Platform') ociGroups.push(ociGroup('2'));
  if (department === 'Finance') ociGroups.push(ociGroup('3'));
  return { inOci, ociId: `b2${workerId.padStart(30, '0')}`, ociGroups };
}

import type { Random } from './campaign-random.ts';

/** Somebody who is hired, and what docs/sandbox.md and the company's rules of access say that they must end up with. */
export type Hire = {
  readonly workerId: string;
  readonly isEmployee: boolean;
  readonly displayName: string;
  /** The manager's worker id; `isManagerHired` when they are one of the hires too. */
  readonly managerId: string;
  readonly isManagerHired: boolean;
  /** The body of HR's entry. */
  readonly worker: object;
  readonly expected: {
    /** Common names. */
    readonly adGroups: readonly string[];
    /** Object ids, with the dynamic group that the person falls into. */
    readonly entraGroups: readonly string[];
    readonly ociGroups: readonly string[];
    readonly skuId: string;
  };
};

// Names that collide: the same, the same but for accents, and such of which nothing can be spelled in ASCII.
const names: readonly (readonly [string, string | null])[] = [
  ['John', 'Smith'],
  ['Maria', 'Silva'],
  ['José', 'García'],
  ['Jose', 'Garcia'],
  ['Zoë', "O'Brien"],
  ['Sukarno', null],
  ['小龙', '李'],
  ['Anne-Marie', 'van der Berg'],
  ['Björn', 'Åström'],
  ['Maximiliana', 'Featherstonehaugh-Cholmondeley'],
  ['Wei', 'Chen'],
  ['Fatima', 'Al-Sayed'],
];
const offices = [
  { code: 'LIS', city: 'Lisbon', country: 'PT', timeZone: 'Europe/Lisbon', entra: '08' },
  { code: 'LON', city: 'London', country: 'GB', timeZone: 'Europe/London', entra: '09' },
  { code: 'BER', city: 'Berlin', country: 'DE', timeZone: 'Europe/Berlin', entra: '0a' },
  { code: 'NYC', city: 'New York', country: 'US', timeZone: 'America/New_York', entra: '0b' },
  { code: 'TYO', city: 'Tokyo', country: 'JP', timeZone: 'Asia/Tokyo', entra: '0c' },
] as const;
const departments = [
  { name: 'Platform', jobCode: 'ENG2', jobTitle: 'Engineer', entra: '03' },
  { name: 'Sales', jobCode: 'SAL1', jobTitle: 'Account Executive', entra: '04' },
  { name: 'Finance', jobCode: 'FIN1', jobTitle: 'Accountant', entra: '05' },
  { name: 'People', jobCode: 'HRP1', jobTitle: 'Partner', entra: '06' },
  { name: 'Support', jobCode: 'SUP1', jobTitle: 'Specialist', entra: '07' },
] as const;
const licences = { employee: '05e9a617-0261-4cee-bb44-138d3ef5d965', contractor: '66b55226-6b4f-492c-910c-a3b7a3c9d993' } as const;
const entraGroup = (last: string): string => `a1000000-0000-4000-8000-0000000000${last}`;

// Each manager of the company gets at most one of the hires, so that their mails tell whose pass it was. 10008 is left out: a privileged account.
const employeesOfCompany = Array.from({ length: 41 }, (_, index) => String(10_001 + index)).filter((id) => id !== '10008');
const contractorsOfCompany = Array.from({ length: 19 }, (_, index) => String(20_001 + index));
const mostManagedByHires = 5;
/** How many can be hired at most: the company has no more managers. */
export const mostHires = 56;

/** People to hire, two employees to each contractor. The last five, or a third of them, report to some of the first, who have no account yet when HR enters them. */
export function makeHires(count: number, random: Random, hireDate: string): readonly Hire[] {
  if (count > mostHires) throw new Error(`At most ${mostHires} people can be hired in one campaign; ${count} were asked for.`);
  const managers = { employee: [...employeesOfCompany], contractor: [...contractorsOfCompany] };
  // Every third is such a manager, so that there are no more of them.
  const managedByHires = Math.min(mostManagedByHires, Math.ceil(count / 3));
  const hires: Hire[] = [];
  for (let index = 0; index < count; index += 1) {
    const kind = index % 3 === 2 ? 'contractor' : 'employee';
    const isManagerHired = index >= count - managedByHires;
    // Every third is a contractor, who has no account in AD to be a manager there.
    const managerId = isManagerHired ? workerIdOf((index - (count - managedByHires)) * 3) : (managers[kind].shift() ?? '10001');
    hires.push(makeHire({ index, kind, managerId, isManagerHired, hireDate }, random));
  }
  return hires;
}

function workerIdOf(index: number): string {
  return String((index % 3 === 2 ? 21_000 : 11_000) + index);
}

type Draft = {
  readonly index: number;
  readonly kind: 'employee' | 'contractor';
  readonly managerId: string;
  readonly isManagerHired: boolean;
  readonly hireDate: string;
};

function makeHire({ index, kind, managerId, isManagerHired, hireDate }: Draft, random: Random): Hire {
  const [given, family] = names[random.below(names.length)] ?? ['John', 'Smith'];
  const { timeZone, entra: officeGroup, ...location } = offices[random.below(offices.length)] ?? offices[0];
  const { name: department, entra: teamGroup, ...job } = departments[random.below(departments.length)] ?? departments[0];
  const isEmployee = kind === 'employee';
  const workerId = workerIdOf(index);
  const worker = {
    workerId,
    status: 'active',
    workerType: kind,
    name: { given, family },
    hireDate,
    ...job,
    department,
    company: 'Contoso',
    location,
    managerId,
    timeZone,
  };
  const dynamic = location.country === 'PT' ? [entraGroup('0d')] : [];
  return {
    workerId,
    isEmployee,
    displayName: family === null ? given : `${given} ${family}`,
    managerId,
    isManagerHired,
    worker,
    expected: {
      adGroups: isEmployee ? ['GG-Staff', `GG-${department}`, `GG-Office-${location.code}`] : [],
      entraGroups: [entraGroup(isEmployee ? '01' : '02'), entraGroup(teamGroup), entraGroup(officeGroup), ...dynamic],
      ociGroups: job.jobCode.startsWith('ENG') ? ['OCI Staff', 'OCI Developers'] : ['OCI Staff'],
      skuId: licences[kind],
    },
  };
}

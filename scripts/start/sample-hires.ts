import { dateAt, daysLater } from './calendar.ts';

/** A worker as HR's staff enter one (docs/sandbox.md, HR wire format). */
export type NewHire = {
  readonly workerId: string;
  readonly status: 'active' | 'prehire';
  readonly workerType: 'employee' | 'contractor';
  readonly name: { readonly given: string; readonly family: string | null };
  readonly personalEmail: string;
  readonly jobTitle: string;
  readonly jobCode: string;
  readonly department: string;
  readonly company: string;
  readonly location: { readonly code: OfficeCode; readonly city: string; readonly country: string };
  readonly managerId: string;
  readonly hireDate: string;
  readonly timeZone: string;
};

type OfficeCode = 'LIS' | 'LON' | 'BER' | 'NYC' | 'TYO';
type Plan = {
  readonly id: string;
  readonly name: readonly [given: string, family: string | null];
  readonly as?: 'contractor';
  readonly office: OfficeCode;
  readonly department: string;
  readonly job: readonly [code: string, title: string];
  readonly manager: string;
  readonly startsInDays?: number;
};

const offices = {
  LIS: { city: 'Lisbon', country: 'PT', timeZone: 'Europe/Lisbon' },
  LON: { city: 'London', country: 'GB', timeZone: 'Europe/London' },
  BER: { city: 'Berlin', country: 'DE', timeZone: 'Europe/Berlin' },
  NYC: { city: 'New York', country: 'US', timeZone: 'America/New_York' },
  TYO: { city: 'Tokyo', country: 'JP', timeZone: 'Asia/Tokyo' },
} as const;

const plans: readonly Plan[] = [
  { id: '30001', name: ['Zoë', "O'Brien"], office: 'LIS', department: 'Platform', job: ['ENG2', 'Engineer'], manager: '10001' },
  // Two people of one name, hired in the same second.
  { id: '30002', name: ['John', 'Smith'], office: 'LON', department: 'Sales', job: ['SAL1', 'Account Executive'], manager: '10019' },
  { id: '30003', name: ['John', 'Smith'], office: 'LON', department: 'Sales', job: ['SAL1', 'Account Executive'], manager: '10019' },
  {
    id: '30004',
    name: ['Mariam', 'Haddad'],
    as: 'contractor',
    office: 'BER',
    department: 'Support',
    job: ['CTR1', 'Support Contractor'],
    manager: '10036',
  },
  { id: '30005', name: ['Kartika', null], office: 'NYC', department: 'Finance', job: ['FIN1', 'Accountant'], manager: '10026' },
  { id: '30006', name: ['葵', '山本'], office: 'TYO', department: 'Support', job: ['SUP1', 'Support Specialist'], manager: '10035' },
  // His accounts were made by hand before HR knew of him.
  { id: '10050', name: ['Erik', 'Lindqvist'], office: 'LON', department: 'Sales', job: ['SAL1', 'Account Executive'], manager: '10019' },
  {
    id: '30007',
    name: ['Leïla', 'Bensaïd'],
    office: 'BER',
    department: 'People',
    job: ['HRP1', 'People Partner'],
    manager: '10031',
    startsInDays: 5,
  },
];

/** Whose hire HR takes back before the first day. */
const rescinded: Plan = {
  id: '30008',
  name: ['Tomasz', 'Wójcik'],
  office: 'LIS',
  department: 'Platform',
  job: ['ENG1', 'Associate Engineer'],
  manager: '10007',
  startsInDays: 5,
};

/** The eight people who are hired on the sample day. Dates are counted from today in each person's own zone; `now` is the world's time in milliseconds. */
export function sampleHires(now: number): readonly NewHire[] {
  return plans.map((plan) => hireOf(plan, now));
}

/** The hire that HR takes back, as it was entered. */
export function rescindedHire(now: number): NewHire {
  return hireOf(rescinded, now);
}

function hireOf({ id, name: [given, family], as, office, department, job, manager, startsInDays = 0 }: Plan, now: number): NewHire {
  const { city, country, timeZone } = offices[office];
  return {
    workerId: id,
    status: startsInDays === 0 ? 'active' : 'prehire',
    workerType: as ?? 'employee',
    name: { given, family },
    personalEmail: `worker-${id}@example.net`,
    jobTitle: job[1],
    jobCode: job[0],
    department,
    company: 'Contoso',
    location: { code: office, city, country },
    managerId: manager,
    hireDate: daysLater(dateAt(now, timeZone), startsInDays),
    timeZone,
  };
}

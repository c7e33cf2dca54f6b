import { Temporal } from 'temporal-polyfill';

const offices = {
  LIS: { timeZone: 'Europe/Lisbon', location: { code: 'LIS', city: 'Lisbon', country: 'PT' } },
  LON: { timeZone: 'Europe/London', location: { code: 'LON', city: 'London', country: 'GB' } },
  NYC: { timeZone: 'America/New_York', location: { code: 'NYC', city: 'New York', country: 'US' } },
  TYO: { timeZone: 'Asia/Tokyo', location: { code: 'TYO', city: 'Tokyo', country: 'JP' } },
} as const;

type Office = keyof typeof offices;
type About = { readonly office?: Office; readonly days?: number; readonly [field: string]: unknown };

/** The time zone of an office. */
export function zoneOf(office: Office): string {
  return offices[office].timeZone;
}

/** Today in the zone, and so many days further. */
export function dayIn(zone: string, days = 0): string {
  return Temporal.Now.plainDateISO(zone).add({ days }).toString();
}

/** An engineer in Lisbon who starts today, unless said otherwise; `days` is how far ahead the hire date lies. */
export function employee(workerId: string, { office = 'LIS', days = 0, ...fields }: About = {}): object {
  const { timeZone, location } = offices[office];
  return {
    workerId,
    status: 'active',
    workerType: 'employee',
    name: { given: 'Ada', family: 'Moreau' },
    jobTitle: 'Engineer',
    jobCode: 'ENG2',
    department: 'Platform',
    company: 'Contoso',
    location,
    managerId: '10007',
    hireDate: dayIn(timeZone, days),
    timeZone,
    ...fields,
  };
}

/** A sales consultant in London who starts today, unless said otherwise. */
export function contractor(workerId: string, about: About = {}): object {
  return employee(workerId, {
    office: 'LON',
    workerType: 'contractor',
    jobTitle: 'Sales Consultant',
    jobCode: 'CTR1',
    department: 'Sales',
    managerId: '10019',
    ...about,
  });
}

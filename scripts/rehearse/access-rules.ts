import type { HrRecord } from './hr-record.ts';
import { offices } from './places.ts';

/** What a record gives, by the names that people use: groups of each system, and licences. */
export type Access = {
  readonly ad: readonly string[];
  readonly entra: readonly string[];
  readonly oci: readonly string[];
  readonly licences: readonly string[];
};

/** The systems' access by name, in one form that sets can be made of: `ad GG-Staff`. */
export function accessNames(record: HrRecord): ReadonlySet<string> {
  const { ad, entra, oci, licences } = accessOf(record);
  const all = { ad, entra, oci, licence: licences };
  return new Set(Object.entries(all).flatMap(([system, names]) => names.map((name) => `${system} ${name}`)));
}

/** What the company's rules give (config/access.yaml), said again by hand, so that a slip there or in their evaluation shows. */
function accessOf({ workerType, department, location, jobCode, jobTitle }: HrRecord): Access {
  const isEmployee = workerType === 'employee';
  const isExecutive = /^(Chief|Vice President)/.test(jobTitle);
  const office = offices.find(({ code }) => code === location.code)?.entra ?? '';
  return {
    ad: isEmployee ? ['GG-Staff', `GG-${department}`, `GG-Office-${location.code}`] : [],
    entra: [isEmployee ? 'All Employees' : 'All Contractors', `${department} Team`, office],
    oci: ['OCI Staff', ...(jobCode === 'ENG1' || jobCode === 'ENG2' ? ['OCI Developers'] : [])],
    licences: [isEmployee ? (isExecutive ? 'SPE_E5' : 'SPE_E3') : 'SPE_F1'],
  };
}

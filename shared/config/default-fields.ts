import type { RecordMap } from '../domain/records/record-map.ts';

/** The values of a worker's status and type, each standing for itself. */
const ownStatuses = { prehire: 'prehire', active: 'active', leave: 'leave', terminated: 'terminated', rescinded: 'rescinded' };
const ownTypes = { employee: 'employee', contractor: 'contractor', intern: 'intern', external: 'external' };

/**
 * Where a BambooHR record has a worker's facts, unless `fields` says otherwise. Names and meanings of the fields: https://documentation.bamboohr.com/docs/list-of-field-names.
 * `supervisorEId` is the manager's id in BambooHR. A company words its employment statuses itself; that of somebody who has left or is on leave no longer tells what kind of worker they are.
 */
export const bambooFields: RecordMap = {
  status: [
    { field: 'status', values: { Inactive: 'terminated' } },
    { field: 'employmentHistoryStatus', values: { 'Leave of Absence': 'leave', 'On Leave': 'leave' } },
    { field: 'status', values: { Active: 'active' } },
  ],
  workerType: [
    {
      field: 'employmentHistoryStatus',
      values: {
        'Full-Time': 'employee',
        'Part-Time': 'employee',
        Temporary: 'employee',
        Contractor: 'contractor',
        Intern: 'intern',
        Terminated: null,
        'Leave of Absence': null,
        'On Leave': null,
      },
      otherwise: 'employee',
    },
  ],
  'name.given': [{ field: 'firstName' }],
  'name.family': [{ field: 'lastName' }],
  'name.preferred': [{ field: 'preferredName' }],
  hireDate: [{ field: 'hireDate' }, { field: 'originalHireDate' }],
  lastDay: [{ field: 'terminationDate' }],
  personalEmail: [{ field: 'homeEmail' }],
  jobTitle: [{ field: 'jobTitle' }],
  department: [{ field: 'department' }],
  division: [{ field: 'division' }],
  'location.code': [{ field: 'location' }],
  managerId: [{ field: 'supervisorEId' }],
  phone: [{ field: 'mobilePhone' }],
  'custom.employeeNumber': [{ field: 'employeeNumber' }],
};

/** Headers of a file's columns, unless `columns` says otherwise. They are compared without regard to case, spaces and punctuation. */
export const csvColumns: RecordMap = {
  workerId: named('worker id', 'employee id', 'personnel number'),
  status: named('status').map((rule) => ({ ...rule, values: ownStatuses })),
  workerType: named('worker type', 'employment type').map((rule) => ({ ...rule, values: ownTypes })),
  'name.given': named('given name', 'first name', 'name given'),
  'name.family': named('family name', 'last name', 'surname', 'name family'),
  'name.preferred': named('preferred name', 'name preferred'),
  hireDate: named('hire date', 'start date'),
  lastDay: named('last day', 'end date', 'termination date'),
  personalEmail: named('personal email', 'private email'),
  jobTitle: named('job title'),
  jobCode: named('job code'),
  department: named('department'),
  costCenter: named('cost center', 'cost centre'),
  company: named('company'),
  division: named('division'),
  'location.code': named('location', 'location code', 'office'),
  'location.city': named('city', 'location city'),
  'location.country': named('country', 'location country'),
  managerId: named('manager id', 'manager'),
  sponsorId: named('sponsor id', 'sponsor'),
  timeZone: named('time zone'),
  phone: named('phone', 'mobile phone'),
  personKey: named('person key'),
  engagementId: named('engagement id'),
  accessEnds: named('access ends'),
  terminationKind: named('termination kind'),
  'leave.from': named('leave from'),
  'leave.to': named('leave to'),
};

function named(...headers: readonly string[]): readonly { readonly field: string }[] {
  return headers.map((field) => ({ field }));
}

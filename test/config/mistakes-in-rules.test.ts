import { describe, it } from 'vitest';
import { expectMistake, type MistakeCase } from './config-with.ts';

const cases: readonly MistakeCase[] = [
  [
    'an entitlement in a target that there is not',
    { file: 'access.yaml', from: 'all-employees: { target: entra:contoso', to: 'all-employees: { target: entra:contosso' },
    'target: entra:contoso',
    'entitlements.all-employees.target: there is no target "entra:contosso". Did you mean "entra:contoso"?',
  ],
  [
    'a licence in a target that has none',
    { file: 'access.yaml', from: 'oci-staff: { target: oci:contoso, kind: group', to: 'oci-staff: { target: oci:contoso, kind: licence' },
    'kind: group, object: b1000000000000000000000000000001',
    'entitlements.oci-staff.kind: a target of kind oci has no licence; it has: group',
  ],
  [
    'a name in place of an id',
    { file: 'access.yaml', from: 'object: d1000000-0000-4000-8000-000000000001', to: 'object: GG-Staff' },
    'object: d1000000',
    'entitlements.ad-staff.object: must be the immutable id in ad:contoso: an objectGUID in lower case',
  ],
  [
    'a privileged group',
    { file: 'access.yaml', from: 'object: b1000000000000000000000000000002', to: 'object: b1000000000000000000000000000003' },
    'object: b1000000000000000000000000000002',
    'entitlements.oci-developers.object: is a privileged group of oci:contoso',
  ],
  [
    'a rule that gives what there is not',
    { file: 'access.yaml', from: 'grants: [oci-developers]', to: 'grants: [oci-developer]' },
    'oci-developers]',
    'Did you mean "oci-developers"?',
  ],
  [
    'a rule on a fact that there is not',
    { file: 'access.yaml', from: 'when: { department: Sales }', to: 'when: { departement: Sales }' },
    'department: Sales }',
    '.when.departement: "departement" is no fact of a worker. Did you mean "department"?',
  ],
  [
    'two rules of one id',
    { file: 'access.yaml', from: 'id: contractors', to: 'id: employees' },
    'id: contractors',
    'rules[1].id: the id "employees" is used by an earlier rule',
  ],
  [
    'a brake that is left out',
    { file: 'brakes.yaml', from: '  adopt: {', to: '  # adopt: {' },
    'brakes:',
    'brakes.adopt: is missing; it must be a group of keys',
  ],
  [
    'a window that is no duration',
    { file: 'brakes.yaml', from: 'window: PT24H', to: 'window: 24' },
    'window:',
    'brakes.create.window: must be an ISO 8601 duration in hours or minutes, such as PT24H',
  ],
  [
    'a task that there is not',
    { file: 'workflows/joiner-cloud.yaml', from: 'task: issue-pass', to: 'task: issue-pas' },
    'task: issue-pass',
    'steps[5].task: there is no task "issue-pas". Did you mean "issue-pass"?',
  ],
  [
    'input that a task does not take',
    { file: 'workflows/joiner-cloud.yaml', from: 'lifetimeMinutes: 1440', to: 'lifetimeMinutes: 5' },
    'lifetimeMinutes',
    'steps[5].with.lifetimeMinutes: is not what issue-pass takes',
  ],
  [
    'a step in a target that there is not',
    { file: 'workflows/joiner-hybrid.yaml', from: 'from: ad:contoso', to: 'from: ad:contosso' },
    'from: ad:contoso',
    'with.from: there is no target "ad:contosso". Did you mean "ad:contoso"?',
  ],
  [
    'a mail template that there is not',
    { file: 'workflows/joiner-hybrid.yaml', from: 'mail: pass-for-manager', to: 'mail: pass-for-manger' },
    'mail: pass-for-manager',
    'with.mail: there is no mail template "pass-for-manger". Did you mean "pass-for-manager"?',
  ],
  [
    'a workflow in a file of another name',
    { file: 'workflows/link-manager.yaml', from: 'id: link-manager', to: 'id: link-managers' },
    'id:',
    'id: is "link-managers", so the file must be called link-managers.yaml',
  ],
  [
    'an event that there is not',
    { file: 'workflows/link-manager.yaml', from: 'event: manager-appeared', to: 'event: manager-came' },
    'event:',
    'trigger.event: is "manager-came" but must be one of: joiner,',
  ],
  [
    'a mail variable that there is not',
    { file: 'mail/welcome.liquid', from: '{{ address }}', to: '{{ adress }}' },
    '{{ address',
    'there is no variable "adress". Did you mean "address"?',
  ],
  [
    'a mail without a subject',
    { file: 'mail/welcome.liquid', from: 'subject: Welcome', to: 'title: Welcome' },
    'subject',
    'title: unknown key "title"',
  ],
];

describe('a mistake in access rules, brakes, workflows or mails', () => {
  it.each(cases)('such as %s is named with its line and what is allowed', (...row) => {
    expectMistake(row);
  });
});

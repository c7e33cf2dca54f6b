import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigErrors } from '../../shared/config/config-errors.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

const shipped = new URL('../../config', import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

type Edit = { readonly file: string; readonly from: string; readonly to: string };

/** The shipped configuration with some text replaced; each text has to be there. */
function configWith(edits: readonly Edit[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
  folders.push(folder);
  const config = join(folder, 'config');
  cpSync(shipped, config, { recursive: true });
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(config, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(config, file), text.replace(from, to));
  }
  return config;
}

function mistakesOf(config: string): readonly string[] {
  try {
    loadConfig(config, catalog);
    return [];
  } catch (error) {
    if (error instanceof ConfigErrors) return error.message.split('\n').slice(1);
    throw error;
  }
}

/** `line:column` of a text in a shipped file, both from 1: what a message about it has to say. */
function placeOf(file: string, text: string): string {
  const before = readFileSync(join(shipped, file), 'utf8').split(text)[0]?.split('\n') ?? [];
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe('a mistake in the configuration', () => {
  it.each<[string, Edit, string, string]>([
    ['an unknown key', { file: 'settings.yaml', from: 'createDaysBefore', to: 'createDaysBefor' }, 'createDaysBefore', 'createDaysBefor: unknown key "createDaysBefor". Did you mean "createDaysBefore"?'],
    ['a number out of range', { file: 'settings.yaml', from: '14', to: '900' }, 'createDaysBefore', 'createDaysBefore: must be at most 90'],
    ['a time zone that there is not', { file: 'settings.yaml', from: 'tenantTimeZone: Europe/Lisbon', to: 'tenantTimeZone: Europe/Lisboa' }, 'tenantTimeZone', 'tenantTimeZone: must be a time zone of the IANA database'],
    ['an OU that is no distinguished name', { file: 'settings.yaml', from: '"OU=PT,OU=People,DC=corp,DC=contoso,DC=example"', to: 'People' }, 'ou: "OU=PT', 'locations.LIS.ou: must be a distinguished name'],
    ['a mode that there is not', { file: 'sources.yaml', from: 'mode: enforce', to: 'mode: on' }, 'mode:', 'sources.generic.mode: is "on" but must be one of: observe, plan, enforce'],
    ['a secret in place of its name', { file: 'sources.yaml', from: 'hr-generic', to: '"s3cret/VALUE"' }, 'secret: hr-generic', 'sources.generic.webhook.secret: must be the name of a secret'],
    ['an HR target of no source', { file: 'targets.yaml', from: 'source: generic', to: 'source: generik' }, 'source: generic', 'targets.hr:contoso.source: there is no source "generik". Did you mean "generic"?'],
    ['mail through something that sends none', { file: 'targets.yaml', from: 'through: entra:contoso', to: 'through: oci:contoso' }, 'through:', 'targets.mail:contoso.through: "oci:contoso" is no target of kind entra'],
    ['a sync scope outside the directory', { file: 'targets.yaml', from: 'OU=Leavers,DC=corp', to: 'OU=Leavers,DC=other' }, 'OU=Leavers', "targets.ad:contoso.syncScope[1]: lies outside the directory's base"],
    ['a kind of target that there is not', { file: 'targets.yaml', from: 'kind: oci', to: 'kind: ocl' }, 'oci:contoso:', 'targets.oci:contoso: needs a kind, one of: ad, entra, oci, mail, hr. Did you mean "oci"?'],
    ['an expression that does not parse', { file: 'names.yaml', from: 'ToLower([name.family]))', to: 'ToLower([name.family])' }, 'base:', 'names.upn.base: character 84 of the expression: Join( has no closing )'],
    ['a character class that is none', { file: 'names.yaml', from: 'characters: a-z0-9.-', to: 'characters: z-a' }, 'characters:', 'names.upn.characters: must be the inside'],
    ['an attribute that no worker has', { file: 'mappings/oci.yaml', from: '[costCenter]', to: '[costCentre]' }, 'costCenter:', 'attributes.costCenter: character 1 of the expression: there is no attribute [costCentre]. Did you mean "costCenter"?'],
    ['a function that there is not', { file: 'mappings/entra.yaml', from: 'PCase(', to: 'Pcase(' }, 'employeeType:', 'attributes.employeeType: character 1 of the expression: there is no function Pcase. Did you mean "PCase"?'],
    ['a name scheme that there is not', { file: 'mappings/ad.yaml', from: 'scheme: account', to: 'scheme: acount' }, 'scheme: account', 'names.sAMAccountName.scheme: there is no name scheme "acount". Did you mean "account"?'],
    ['a target without accounts', { file: 'mappings/oci.yaml', from: 'target: oci:contoso', to: 'target: mail:contoso' }, 'target:', 'target: "mail:contoso" is no target that holds accounts'],
    ['an attribute that a name fills already', { file: 'mappings/ad.yaml', from: '  title:', to: '  mail:' }, 'title:', 'attributes.mail: mail is filled by the name userPrincipalName already'],
    ['a scheme within an attribute that is not mapped', { file: 'mappings/entra.yaml', from: 'scheme: upn', to: 'scheme: common-name' }, 'userPrincipalName:', 'names.userPrincipalName: the scheme common-name is unique within ou, which this file does not map'],
    ['a mapping that leaves out what an account needs', { file: 'mappings/ad.yaml', from: '  employeeID: "[workerId]"\n', to: '' }, 'attributes:', 'attributes: leaves out employeeID, without which no ad account can be made'],
    ['an OU outside the sync scope', { file: 'mappings/ad.yaml', from: '"OU=People,DC=corp', to: '"OU=Elsewhere,DC=corp' }, 'ou:', 'attributes.ou: OU=Elsewhere,DC=corp,DC=contoso,DC=example lies outside the sync scope of ad:contoso'],
    ['a protected OU', { file: 'mappings/ad.yaml', from: '"OU=People,DC=corp', to: '"OU=X,OU=Service Accounts,DC=corp' }, 'ou:', 'which is protected in ad:contoso'],
    ['a location outside the sync scope', { file: 'settings.yaml', from: 'OU=PT,OU=People', to: 'OU=PT,OU=Groups' }, 'ou: in mappings/ad.yaml', 'for the location LIS (settings.yaml): OU=PT,OU=Groups,DC=corp,DC=contoso,DC=example lies outside the sync scope of ad:contoso'],
    ['an entitlement in a target that there is not', { file: 'access.yaml', from: 'all-employees: { target: entra:contoso', to: 'all-employees: { target: entra:contosso' }, 'target: entra:contoso', 'entitlements.all-employees.target: there is no target "entra:contosso". Did you mean "entra:contoso"?'],
    ['a licence in a target that has none', { file: 'access.yaml', from: 'oci-staff: { target: oci:contoso, kind: group', to: 'oci-staff: { target: oci:contoso, kind: licence' }, 'kind: group, object: b1000000000000000000000000000001', 'entitlements.oci-staff.kind: a target of kind oci has no licence; it has: group'],
    ['a name in place of an id', { file: 'access.yaml', from: 'object: d1000000-0000-4000-8000-000000000001', to: 'object: GG-Staff' }, 'object: d1000000', 'entitlements.ad-staff.object: must be the immutable id in ad:contoso: an objectGUID in lower case'],
    ['a privileged group', { file: 'access.yaml', from: 'object: b1000000000000000000000000000002', to: 'object: b1000000000000000000000000000003' }, 'object: b1000000000000000000000000000002', 'entitlements.oci-developers.object: is a privileged group of oci:contoso'],
    ['a rule that gives what there is not', { file: 'access.yaml', from: 'grants: [oci-developers]', to: 'grants: [oci-developer]' }, 'oci-developers]', 'Did you mean "oci-developers"?'],
    ['a rule on a fact that there is not', { file: 'access.yaml', from: 'when: { department: Sales }', to: 'when: { departement: Sales }' }, 'department: Sales }', '.when.departement: "departement" is no fact of a worker. Did you mean "department"?'],
    ['two rules of one id', { file: 'access.yaml', from: 'id: contractors', to: 'id: employees' }, 'id: contractors', 'rules[1].id: the id "employees" is used by an earlier rule'],
    ['a brake that is left out', { file: 'brakes.yaml', from: '  adopt: {', to: '  # adopt: {' }, 'brakes:', 'brakes.adopt: is missing; it must be a group of keys'],
    ['a window that is no duration', { file: 'brakes.yaml', from: 'window: PT24H', to: 'window: 24' }, 'window:', 'brakes.create.window: must be an ISO 8601 duration in hours or minutes, such as PT24H'],
    ['a task that there is not', { file: 'workflows/joiner-cloud.yaml', from: 'task: issue-pass', to: 'task: issue-pas' }, 'task: issue-pass', 'steps[5].task: there is no task "issue-pas". Did you mean "issue-pass"?'],
    ['input that a task does not take', { file: 'workflows/joiner-cloud.yaml', from: 'lifetimeMinutes: 1440', to: 'lifetimeMinutes: 5' }, 'lifetimeMinutes', 'steps[5].with.lifetimeMinutes: is not what issue-pass takes'],
    ['a step in a target that there is not', { file: 'workflows/joiner-hybrid.yaml', from: 'from: ad:contoso', to: 'from: ad:contosso' }, 'from: ad:contoso', 'with.from: there is no target "ad:contosso". Did you mean "ad:contoso"?'],
    ['a mail template that there is not', { file: 'workflows/joiner-hybrid.yaml', from: 'mail: pass-for-manager', to: 'mail: pass-for-manger' }, 'mail: pass-for-manager', 'with.mail: there is no mail template "pass-for-manger". Did you mean "pass-for-manager"?'],
    ['a workflow in a file of another name', { file: 'workflows/link-manager.yaml', from: 'id: link-manager', to: 'id: link-managers' }, 'id:', 'id: is "link-managers", so the file must be called link-managers.yaml'],
    ['an event that there is not', { file: 'workflows/link-manager.yaml', from: 'event: manager-appeared', to: 'event: manager-came' }, 'event:', 'trigger.event: is "manager-came" but must be one of: joiner,'],
    ['a mail variable that there is not', { file: 'mail/welcome.liquid', from: '{{ address }}', to: '{{ adress }}' }, '{{ address', 'there is no variable "adress". Did you mean "address"?'],
    ['a mail without a subject', { file: 'mail/welcome.liquid', from: 'subject: Welcome', to: 'title: Welcome' }, 'subject', 'title: unknown key "title"'],
  ])('such as %s is named with its line and what is allowed', (_, edit, at, message) => {
    const [file, text] = at.includes(' in ') ? [at.split(' in ')[1] ?? '', at.split(' in ')[0] ?? ''] : [edit.file, at];
    const place = `config/${file}:${placeOf(file, text)} `;
    const there = mistakesOf(configWith([edit])).filter((line) => line.startsWith(place));
    expect(there).toContainEqual(expect.stringContaining(message));
  });

  it('does not hide another: all are named at once, in the order of files and lines', () => {
    const mistakes = mistakesOf(configWith([
      { file: 'targets.yaml', from: 'kind: entra', to: 'kind: entro' },
      { file: 'settings.yaml', from: 'country: PT', to: 'country: Portugal' },
      { file: 'settings.yaml', from: 'country: GB', to: 'county: GB' },
      { file: 'mail/welcome.liquid', from: '---', to: '' },
    ]));
    expect(mistakes.map((line) => line.split(' ')[0]?.replace(/:\d+$/, ''))).toEqual([
      'config/mail/welcome.liquid:1', 'config/settings.yaml:14', 'config/settings.yaml:15', 'config/settings.yaml:15', 'config/targets.yaml:18',
    ]);
  });

  it('may be that a file is missing or is not YAML', () => {
    const config = configWith([{ file: 'brakes.yaml', from: 'brakes:', to: 'brakes: [' }]);
    rmSync(join(config, 'names.yaml'));
    writeFileSync(join(config, 'mappings', 'more.yml'), '');
    const mistakes = mistakesOf(config);
    expect(mistakes).toContainEqual('config/names.yaml:1:1 this file is missing');
    expect(mistakes).toContainEqual(expect.stringMatching(/^config\/brakes\.yaml:\d+:\d+ is not YAML: /));
  });

  it('may be that there is no configuration at all', () => {
    expect(() => loadConfig('/nowhere/config', catalog)).toThrow('/nowhere/config:1:1 this folder is missing');
  });

  it('may be a key that stands twice', () => {
    const [mistake] = mistakesOf(configWith([{ file: 'settings.yaml', from: 'tenantTimeZone:', to: 'createDaysBefore: 3\ntenantTimeZone:' }]));
    expect(mistake).toMatch(/^config\/settings\.yaml:7:1 is not YAML: Map keys must be unique/);
  });
});

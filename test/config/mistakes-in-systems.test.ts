import { describe, it } from 'vitest';
import { expectMistake, type MistakeCase } from './config-with.ts';

const cases: readonly MistakeCase[] = [
  [
    'an unknown key',
    { file: 'settings.yaml', from: 'createDaysBefore', to: 'createDaysBefor' },
    'createDaysBefore',
    'createDaysBefor: unknown key "createDaysBefor". Did you mean "createDaysBefore"?',
  ],
  ['a number out of range', { file: 'settings.yaml', from: '14', to: '900' }, 'createDaysBefore', 'createDaysBefore: must be at most 90'],
  [
    'a time zone that there is not',
    { file: 'settings.yaml', from: 'tenantTimeZone: Europe/Lisbon', to: 'tenantTimeZone: Europe/Lisboa' },
    'tenantTimeZone',
    'tenantTimeZone: must be a time zone of the IANA database',
  ],
  [
    'an OU that is no distinguished name',
    { file: 'settings.yaml', from: "'OU=PT,OU=People,DC=corp,DC=contoso,DC=example'", to: 'People' },
    "ou: 'OU=PT",
    'locations.LIS.ou: must be a distinguished name',
  ],
  [
    'a mode that there is not',
    { file: 'sources.yaml', from: 'mode: enforce', to: 'mode: on' },
    'mode:',
    'sources.generic.mode: is "on" but must be one of: observe, plan, enforce',
  ],
  [
    'a secret in place of its name',
    { file: 'sources.yaml', from: 'hr-generic', to: '"s3cret/VALUE"' },
    'secret: hr-generic',
    'sources.generic.webhook.secret: must be the name of a secret',
  ],
  [
    'an HR target of no source',
    { file: 'targets.yaml', from: 'source: generic', to: 'source: generik' },
    'source: generic',
    'targets.hr:contoso.source: there is no source "generik" of kind generic-hr. Did you mean "generic"?',
  ],
  [
    'mail through something that sends none',
    { file: 'targets.yaml', from: 'through: entra:contoso', to: 'through: oci:contoso' },
    'through:',
    'targets.mail:contoso.through: "oci:contoso" is no target of kind entra',
  ],
  [
    'a sync scope outside the directory',
    { file: 'targets.yaml', from: 'OU=Leavers,DC=corp', to: 'OU=Leavers,DC=other' },
    'OU=Leavers',
    "targets.ad:contoso.syncScope[1]: lies outside the directory's base",
  ],
  [
    'a client of OCI that proves itself by nothing',
    { file: 'targets.yaml', from: 'secret: oci-client\n', to: '\n' },
    'oci:contoso:',
    'targets.oci:contoso: needs one of: secret, certificate; by it the client proves itself',
  ],
  [
    'a certificate without a key',
    { file: 'targets.yaml', from: 'secret: oci-client', to: 'certificate: { alias: gatehouse }' },
    'secret: oci-client',
    'targets.oci:contoso.certificate: needs one of: key, the name of a secret; keyFile, the setting that names a file',
  ],
  [
    'a type of domain that there is not',
    { file: 'targets.yaml', from: 'tier: premium', to: 'tier: gold' },
    'tier:',
    'targets.oci:contoso.tier: is "gold" but must be one of: free, oracle-apps, apps-premium, premium, external',
  ],
  [
    'a size of tenant that there is not',
    { file: 'targets.yaml', from: 'tenantSize: M', to: 'tenantSize: XL' },
    'tenantSize:',
    'targets.entra:contoso.tenantSize: is "XL" but must be one of: S, M, L',
  ],
  [
    'a kind of target that there is not',
    { file: 'targets.yaml', from: 'kind: oci', to: 'kind: ocl' },
    'oci:contoso:',
    'targets.oci:contoso: needs a kind, one of: ad, entra, oci, scim, mail, hr. Did you mean "oci"?',
  ],
  [
    'an expression that does not parse',
    { file: 'names.yaml', from: 'ToLower([name.family]))', to: 'ToLower([name.family])' },
    'base:',
    'names.upn.base: character 84 of the expression: Join( has no closing )',
  ],
  [
    'a character class that is none',
    { file: 'names.yaml', from: 'characters: a-z0-9.-', to: 'characters: z-a' },
    'characters:',
    'names.upn.characters: must be the inside',
  ],
  [
    'an attribute that no worker has',
    { file: 'mappings/oci.yaml', from: '[costCenter]', to: '[costCentre]' },
    'costCenter:',
    'attributes.costCenter: character 1 of the expression: there is no attribute [costCentre]. Did you mean "costCenter"?',
  ],
  [
    'a function that there is not',
    { file: 'mappings/entra.yaml', from: 'PCase(', to: 'Pcase(' },
    'employeeType:',
    'attributes.employeeType: character 1 of the expression: there is no function Pcase. Did you mean "PCase"?',
  ],
  [
    'a name scheme that there is not',
    { file: 'mappings/ad.yaml', from: 'scheme: account', to: 'scheme: acount' },
    'scheme: account',
    'names.sAMAccountName.scheme: there is no name scheme "acount". Did you mean "account"?',
  ],
  [
    'a target without accounts',
    { file: 'mappings/oci.yaml', from: 'target: oci:contoso', to: 'target: mail:contoso' },
    'target:',
    'target: "mail:contoso" is no target that holds accounts',
  ],
  [
    'an attribute that a name fills already',
    { file: 'mappings/ad.yaml', from: '  title:', to: '  mail:' },
    'title:',
    'attributes.mail: mail is filled by the name userPrincipalName already',
  ],
  [
    'a scheme within an attribute that is not mapped',
    { file: 'mappings/entra.yaml', from: 'scheme: upn', to: 'scheme: common-name' },
    'userPrincipalName:',
    'names.userPrincipalName: the scheme common-name is unique within ou, which this file does not map',
  ],
  [
    'a mapping that leaves out what an account needs',
    { file: 'mappings/ad.yaml', from: "  employeeID: '[workerId]'\n", to: '' },
    'attributes:',
    'attributes: leaves out employeeID, without which no ad account can be made',
  ],
  [
    'an OU outside the sync scope',
    { file: 'mappings/ad.yaml', from: '"OU=People,DC=corp', to: '"OU=Elsewhere,DC=corp' },
    'ou:',
    'attributes.ou: OU=Elsewhere,DC=corp,DC=contoso,DC=example lies outside the sync scope of ad:contoso',
  ],
  [
    'a protected OU',
    { file: 'mappings/ad.yaml', from: '"OU=People,DC=corp', to: '"OU=X,OU=Service Accounts,DC=corp' },
    'ou:',
    'which is protected in ad:contoso',
  ],
  [
    'a location outside the sync scope',
    { file: 'settings.yaml', from: 'OU=PT,OU=People', to: 'OU=PT,OU=Groups' },
    'ou: in mappings/ad.yaml',
    'for the location LIS (settings.yaml): OU=PT,OU=Groups,DC=corp,DC=contoso,DC=example lies outside the sync scope of ad:contoso',
  ],
  [
    'an OU for leavers outside the sync scope',
    { file: 'workflows/leaver-strip.yaml', from: 'OU=Leavers,DC=corp', to: 'OU=Gone,DC=corp' },
    "ou: 'OU=Leavers",
    'with.ou: OU=Gone,DC=corp,DC=contoso,DC=example lies outside the sync scope of ad:contoso',
  ],
];

describe('a mistake in settings, sources, targets, names or mappings', () => {
  it.each(cases)('such as %s is named with its line and what is allowed', (...row) => {
    expectMistake(row);
  });
});

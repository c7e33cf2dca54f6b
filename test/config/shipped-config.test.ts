import { describe, expect, it } from 'vitest';
import { entitlementsOf } from '../../shared/access/evaluate-access.ts';
import { brakeLimit } from '../../shared/config/brakes.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import { definitionSchema } from '../../shared/workflows/definition-schema.ts';
import { matchDefinitions } from '../../shared/workflows/match-definitions.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

const config = loadConfig(new URL('../../config', import.meta.url).pathname, catalog);
const zoe: Worker = {
  workerId: '10042',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë' },
  hireDate: '2026-12-01',
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  location: { code: 'LIS' },
};
const grantsOf = (worker: Worker) => entitlementsOf(worker, config.access.rules).map(({ entitlement }) => entitlement);

describe('the shipped configuration', () => {
  it('loads without a mistake and keeps every file', () => {
    expect(Object.keys(config.targets)).toEqual(['ad:contoso', 'entra:contoso', 'oci:contoso', 'mail:contoso', 'hr:contoso']);
    expect(Object.keys(config.mappings).toSorted()).toEqual(['ad:contoso', 'entra:contoso', 'oci:contoso']);
    expect(config.workflows.map(({ definition }) => definition.id)).toEqual([
      'contain-now',
      'conversion',
      'erase',
      'joiner-cloud',
      'joiner-hybrid',
      'leave',
      'leaver-announce',
      'leaver-contain',
      'leaver-delete',
      'leaver-strip',
      'link-manager',
      'manager-left',
      'mover',
      'mover-access-ends',
      'page-approvers',
      'page-operators',
      'rehire-cloud',
      'rehire-hybrid',
      'rename',
      'renamed',
      'rescinded',
      'return',
      'send-activation',
      'unlock',
      'withdrawn',
    ]);
    // Whatever takes access away goes ahead of everything else.
    expect(config.workflows.filter(({ definition }) => definition.lane === 'contain').map(({ definition }) => definition.id)).toEqual([
      'contain-now',
      'leaver-contain',
    ]);
    expect(config.settings).toMatchObject({ createDaysBefore: 14, tenantTimeZone: 'Europe/Lisbon' });
    expect(config.settings.locations['TYO']).toEqual({
      timeZone: 'Asia/Tokyo',
      country: 'JP',
      usageLocation: 'JP',
      ou: 'OU=JP,OU=People,DC=corp,DC=contoso,DC=example',
    });
    expect(config.sources['generic']).toMatchObject({
      webhookSecret: 'hr-generic',
      reread: { urlSetting: 'GATEHOUSE_HR_URL', urlDefault: 'http://127.0.0.1:7072', secret: 'hr-api' },
    });
    expect(config.mail.target).toBe('mail:contoso');
  });

  it('gives an engineer in Lisbon the groups and the licence of employees, department, job and office', () => {
    expect(grantsOf(zoe)).toEqual([
      'ad-office-lis',
      'ad-platform',
      'ad-staff',
      'all-employees',
      'lisbon-office',
      'oci-developers',
      'oci-staff',
      'office-e3',
      'platform-team',
    ]);
  });

  it('gives a contractor nothing in AD, and the small licence', () => {
    expect(grantsOf({ ...zoe, workerType: 'contractor', jobCode: 'CTR1' })).toEqual([
      'all-contractors',
      'lisbon-office',
      'oci-staff',
      'office-f1',
      'platform-team',
    ]);
  });

  it('gives executives the large licence instead of the usual one', () => {
    const grants = grantsOf({ ...zoe, jobTitle: 'Chief Executive Officer' });
    expect(grants).toContain('office-e5');
    expect(grants).not.toContain('office-e3');
  });

  it('versions a rule by what it says', () => {
    const [granted] = entitlementsOf(zoe, config.access.rules);
    expect(granted?.rules).toEqual([expect.stringMatching(/^lisbon-files@[0-9a-f]{8}$/)]);
  });

  it('sends employees and interns through AD, contractors and externals to the cloud alone', () => {
    const definitions = config.workflows.map(({ definition }) => definition);
    const chosen = (workerType: Worker['workerType']) =>
      matchDefinitions('joiner', { ...zoe, workerType }, definitions).map(({ id }) => id);
    expect([chosen('employee'), chosen('intern'), chosen('contractor'), chosen('external')]).toEqual([
      ['joiner-hybrid'],
      ['joiner-hybrid'],
      ['joiner-cloud'],
      ['joiner-cloud'],
    ]);
  });

  it('has workflows that read again from what is stored of them, to the same hash', () => {
    for (const { definition } of config.workflows)
      expect(definitionSchema.parse(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
  });

  it('puts nothing into the mail about a pass but the link', () => {
    expect(config.mail.templates['pass-for-manager']?.variables).toEqual(['link']);
  });

  it('brakes at a count or a share of the population, whichever is smaller, but not where a company is tiny', () => {
    expect(brakeLimit(config.brakes, 'contain', 60)).toEqual({ limit: 8, windowMs: 86_400_000 });
    expect(brakeLimit(config.brakes, 'contain', 600).limit).toBe(30);
    expect(brakeLimit(config.brakes, 'contain', 10_000).limit).toBe(50);
  });
});

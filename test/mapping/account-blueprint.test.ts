import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config/load-config.ts';
import { locationOf } from '../../shared/domain/facts/location.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import { accountBlueprint } from '../../shared/mapping/account-blueprint.ts';
import { mappingFacts } from '../../shared/mapping/mapping-facts.ts';
import { namesBorne } from '../../shared/mapping/names-borne.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

const config = loadConfig(new URL('../../config', import.meta.url).pathname, catalog);
const zoe: Worker = {
  workerId: '10042',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien", preferred: 'Zoe' },
  hireDate: '2026-12-01',
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  costCenter: 'CC-100',
  company: 'Contoso',
  division: 'R&D',
  location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
  phone: '',
};
const suparman: Worker = {
  workerId: '10034',
  status: 'active',
  workerType: 'contractor',
  name: { given: 'Suparman' },
  hireDate: '2026-12-01',
};

function mappingOf(target: string) {
  const mapping = config.mappings[target];
  if (!mapping) throw new Error(`${target} has no mapping`);
  return mapping;
}

/** The account that the shipped configuration makes of a worker, with the first of each name. */
function accountOf(target: string, worker: Worker) {
  const site = locationOf(worker, config.settings.locations);
  const blueprint = accountBlueprint(mappingOf(target), worker.workerId, { attributes: mappingFacts(worker, site), now: 0 });
  const claims = blueprint.names.map(({ scope, attribute, candidates }) => {
    const [best = { value: '', folded: '' }] = candidates();
    return { scope, attribute, ...best };
  });
  return { claims, checkedIn: blueprint.names.map(({ checkedIn }) => checkedIn), ...blueprint.attributes(claims) };
}

describe('the shipped mappings', () => {
  it('make an AD account in the OU of the location, with three unique names', () => {
    const { claims, always, create } = accountOf('ad:contoso', zoe);
    expect(claims).toEqual([
      { scope: 'upn', attribute: 'userPrincipalName', value: 'zoe.obrien@contoso.example', folded: 'zoe.obrien@contoso.example' },
      { scope: 'ad:contoso/sAMAccountName', attribute: 'sAMAccountName', value: 'zoe.obrien', folded: 'zoe.obrien' },
      {
        scope: 'ad:contoso/cn/ou=pt,ou=people,dc=corp,dc=contoso,dc=example',
        attribute: 'cn',
        value: "Zoe O'Brien",
        folded: "zoe o'brien",
      },
    ]);
    expect(create).toEqual({
      ou: 'OU=PT,OU=People,DC=corp,DC=contoso,DC=example',
      mustChangePassword: true,
      userPrincipalName: 'zoe.obrien@contoso.example',
      mail: 'zoe.obrien@contoso.example',
      sAMAccountName: 'zoe.obrien',
      cn: "Zoe O'Brien",
    });
    expect(always).toMatchObject({
      givenName: 'Zoë',
      sn: "O'Brien",
      displayName: "Zoe O'Brien",
      employeeID: '10042',
      employeeType: 'Employee',
      c: 'PT',
      telephoneNumber: null,
    });
  });

  it('make an Entra account with the same sign-in name, a nickname and a usage location', () => {
    const { always, create, checkedIn } = accountOf('entra:contoso', zoe);
    expect(create).toEqual({ userPrincipalName: 'zoe.obrien@contoso.example', mailNickname: 'zoe.obrien' });
    expect(always).toMatchObject({ usageLocation: 'PT', employeeHireDate: '2026-12-01T00:00:00Z', companyName: 'Contoso' });
    expect(checkedIn).toEqual([['ad:contoso', 'entra:contoso']]);
  });

  it('make an OCI account that is federated, takes the sign-in name as its own, and stands in for a family name that there is not', () => {
    const { always, create } = accountOf('oci:contoso', suparman);
    expect(create).toEqual({
      externalId: '10034',
      isFederatedUser: true,
      bypassNotification: true,
      userName: 'suparman@contoso.example',
      email: 'suparman@contoso.example',
    });
    expect(always).toMatchObject({
      'name.givenName': 'Suparman',
      'name.familyName': 'Suparman',
      displayName: 'Suparman',
      employeeNumber: '10034',
      title: null,
    });
  });

  it('put somebody without a location into the general OU', () => {
    expect(accountOf('ad:contoso', suparman).create['ou']).toBe('OU=People,DC=corp,DC=contoso,DC=example');
  });

  it('recognise the names that an existing account bears, in the scopes that new ones are made in', () => {
    const { claims, always, create } = accountOf('ad:contoso', zoe);
    expect(namesBorne(mappingOf('ad:contoso'), { ...always, ...create })).toEqual(claims);
    expect(namesBorne(mappingOf('ad:contoso'), { userPrincipalName: null, cn: '' })).toEqual([]);
  });

  it('fill no names that were not chosen', () => {
    const blueprint = accountBlueprint(mappingOf('oci:contoso'), '1', { attributes: mappingFacts(zoe, undefined), now: 0 });
    expect(blueprint.attributes([]).create).toEqual({ externalId: '10042', isFederatedUser: true, bypassNotification: true });
  });
});

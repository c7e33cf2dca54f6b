import { describe, expect, it } from 'vitest';
import { scimCreateBody } from '../../../shared/connectors/oci/scim-create-body.ts';
import { scimPatchBody } from '../../../shared/connectors/oci/scim-patch-body.ts';
import { equalsFilter } from '../../../shared/connectors/oci/search-users.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const oracle = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User';
const withAddress = {
  id: '1',
  addresses: [
    { type: 'home', country: 'GB' },
    { type: 'work', country: 'PT', locality: 'Lisbon' },
  ],
};

describe('a new SCIM user', () => {
  it('has each attribute in its schema, one work address, and nothing for what is null', () => {
    const after = {
      userName: 'z',
      'name.givenName': 'Zoë',
      email: 'z@x',
      country: 'PT',
      city: 'Lisbon',
      employeeNumber: '1',
      manager: { id: 'm' },
      isFederatedUser: true,
      title: null,
      enabled: true,
    };
    expect(scimCreateBody(after)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, oracle],
      active: true,
      userName: 'z',
      name: { givenName: 'Zoë' },
      emails: [{ type: 'work', primary: true, value: 'z@x' }],
      addresses: [{ type: 'work', country: 'PT', locality: 'Lisbon' }],
      [enterprise]: { employeeNumber: '1', manager: { value: 'm' } },
      [oracle]: { isFederatedUser: true },
    });
  });
});

describe('a change of a SCIM user', () => {
  const operations = (...given: Parameters<typeof scimPatchBody>) => scimPatchBody(...given).Operations;

  it('replaces and removes in the work address that is there, and leaves the home address', () => {
    expect(operations({ country: null, city: 'Porto' }, withAddress)).toEqual([
      { op: 'remove', path: 'addresses[type eq "work"].country' },
      { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Porto' },
    ]);
  });

  it('adds one work address where there is none, and removes nothing that is not there', () => {
    expect(operations({ country: 'PT', city: 'Porto' }, { id: '1' })).toEqual([
      { op: 'add', path: 'addresses', value: [{ type: 'work', country: 'PT', locality: 'Porto' }] },
    ]);
    expect(operations({ country: null }, { id: '1' })).toEqual([]);
  });

  it('names attributes of extensions in full, and removes the manager as a whole', () => {
    expect(operations({ department: 'Sales', manager: null, enabled: false }, undefined)).toEqual([
      { op: 'replace', path: `${enterprise}:department`, value: 'Sales' },
      { op: 'remove', path: `${enterprise}:manager` },
      { op: 'replace', path: 'active', value: false },
    ]);
  });

  it('does not send again what only a new user takes', () => {
    expect(operations({ bypassNotification: true }, undefined)).toEqual([]);
  });
});

describe('a SCIM filter', () => {
  it('holds its value as text, whatever is in it', () => {
    expect(equalsFilter('userName', 'a" or userName pr or x eq "\\')).toBe('userName eq "a\\" or userName pr or x eq \\"\\\\"');
  });
});

import { expect, test } from 'vitest';
import { checkExchange } from '../../../sandbox/graph/contract/check-exchange.ts';
import { operations } from '../../../sandbox/graph/operations.ts';
import { contractDocument } from '../../../sandbox/graph/contract/contract-document.ts';

const user = {
  accountEnabled: true,
  displayName: 'Zoë',
  mailNickname: 'zoe',
  userPrincipalName: 'zoe@contoso.example',
  passwordProfile: { password: 'x' },
};
const post = (path: string, requestBody?: unknown) => checkExchange({ method: 'POST', path: `/v1.0${path}`, requestBody });
const get = (path: string, status?: number, responseBody?: unknown) =>
  checkExchange({ method: 'GET', path: `/v1.0${path}`, ...(status === undefined ? {} : { status, responseBody }) });

test('requests as documented fit', () => {
  const fits = [
    post('/users', user),
    post('/users', {
      ...user,
      employeeOrgData: { costCenter: 'CC-1', division: null },
      employeeHireDate: '2026-12-01T00:00:00Z',
      'manager@odata.bind': 'https://graph.microsoft.com/v1.0/users/1',
    }),
    checkExchange({ method: 'PATCH', path: '/v1.0/users/1', requestBody: { accountEnabled: false, city: null } }),
    checkExchange({
      method: 'PUT',
      path: '/v1.0/users/1/manager/$ref',
      requestBody: { '@odata.id': 'https://graph.microsoft.com/v1.0/users/2' },
    }),
    post('/groups/1/members/$ref', { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/2' }),
    checkExchange({ method: 'DELETE', path: '/v1.0/groups/1/members/2/%24ref', status: 204 }),
    post('/users/1/assignLicense', {
      addLicenses: [{ skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', disabledPlans: [] }],
      removeLicenses: [],
    }),
    post('/users/1/authentication/temporaryAccessPassMethods', { lifetimeInMinutes: 60, isUsableOnce: true }),
    post('/users/1/revokeSignInSessions'),
    get("/users?$filter=employeeId eq '1'&$select=id&$top=5&$count=true"),
  ];
  expect(fits.flat()).toEqual([]);
});

test.each([
  ['an unknown property', post('/users', { ...user, shoeSize: 43 })],
  ['a missing required property', post('/users', { displayName: 'Zoë', passwordProfile: { password: 'x' } })],
  ['a read-only property', post('/users', { ...user, id: '1' })],
  ['a read-only property further down', post('/users', { ...user, assignedLicenses: [] })],
  ['a navigation property inline', post('/users', { ...user, manager: { id: '1' } })],
  ['an empty change', checkExchange({ method: 'PATCH', path: '/v1.0/users/1', requestBody: {} })],
  ['a reference to another host', post('/groups/1/members/$ref', { '@odata.id': 'http://127.0.0.1/v1.0/directoryObjects/1' })],
  ['adding a member without $ref', post('/groups/1/members', { id: '2' })],
  ['removing a member without $ref', checkExchange({ method: 'DELETE', path: '/v1.0/groups/1/members/2' })],
  ['only one of the two licence lists', post('/users/1/assignLicense', { addLicenses: [] })],
  ['a query option that the operation does not have', get('/users?$skip=1')],
  ['a page size that is no number', get('/users?$top=many')],
  [
    'more than 20 members to bind',
    checkExchange({
      method: 'PATCH',
      path: '/v1.0/groups/1',
      requestBody: { 'members@odata.bind': Array.from({ length: 21 }, () => 'x') },
    }),
  ],
  ['an enumeration value in another letter case', post('/users/1/messages', { body: { contentType: 'HTML', content: '' } })],
  ['a path that does not exist', get('/persons')],
  ['a missing body', post('/groups/1/members/$ref')],
])('%s does not fit', (_, problems) => {
  expect(problems).not.toEqual([]);
});

test('an answer with an unknown property, a wrong type, a missing body or an undocumented status does not fit', () => {
  expect(get('/users/1', 200, { id: '1', displayName: 'Zoë' })).toEqual([]);
  expect(get('/users/1', 200, { id: '1', shoeSize: 43 })).not.toEqual([]);
  expect(get('/users/1', 200, { id: '1', accountEnabled: 'yes' })).not.toEqual([]);
  expect(get('/users/1', 200)).not.toEqual([]);
  expect(get('/users/1', 204)).not.toEqual([]);
  expect(get('/users/1', 404, { error: { code: 'Request_ResourceNotFound', message: 'x' } })).toEqual([]);
  expect(get('/users/1', 404, { message: 'x' })).not.toEqual([]);
  expect(
    get('/users/1/memberOf', 200, { value: [{ '@odata.type': '#microsoft.graph.group', id: '1', accountEnabled: true }] }),
  ).not.toEqual([]);
});

test('every operation that the sandbox plays is one of the contract', () => {
  const { paths } = contractDocument();
  const foreign = Object.keys(operations).filter((key) => {
    const [method = '', path = ''] = key.split(' ');
    return paths[path]?.[method.toLowerCase()] === undefined;
  });
  expect(foreign).toEqual([]);
});

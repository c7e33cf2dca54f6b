import { expect, test } from 'vitest';
import { parseFilter } from '../../../sandbox/graph/odata/parse-filter.ts';
import { satisfies } from '../../../sandbox/graph/odata/evaluate-filter.ts';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call } = tenantForFile();

const find = async (filter: string, advanced: boolean = false): Promise<readonly string[]> => {
  const query = new URLSearchParams({ $filter: filter, $select: 'id', $top: '999', ...(advanced ? { $count: 'true' } : {}) });
  const { status, body } = await call('GET', `/users?${query.toString()}`, undefined, advanced ? { ConsistencyLevel: 'eventual' } : {});
  if (status !== 200) throw new Error(body.error.message);
  return body.value.map(({ id }) => id);
};

test('a worker is found by employee id, and a text by value whatever its letter case', async () => {
  expect(await find("employeeId eq '10007'")).toEqual([known.employee]);
  expect(await find("department eq 'PLATFORM' and startsWith(displayName,'in')")).toEqual([known.employee]);
});

test('a user is found by address through any', async () => {
  expect(await find("proxyAddresses/any(x:x eq 'smtp:ines.conceicao@contoso.example')")).toEqual([known.employee]);
});

test('in, or and not combine', async () => {
  expect(await find("employeeId in ('10001','10007')")).toEqual([known.chief, known.employee]);
  expect(await find("employeeId eq '10001' or employeeId eq '10007'")).toHaveLength(2);
  const others = await find("not(employeeId in ('10001','10007')) and employeeType eq 'employee'", true);
  expect(others).toHaveLength(40);
});

test('dates compare by instant', async () => {
  expect(await find('createdDateTime le 2012-03-01T10:00:00+01:00')).toContain(known.chief);
  expect(await find('createdDateTime lt 2012-03-01T09:00:00Z')).not.toContain(known.chief);
});

test('ne without ConsistencyLevel is refused, and with it answered with a count', async () => {
  const refused = await call('GET', "/users?$filter=employeeType ne 'employee'&$count=true");
  expect([refused.status, refused.body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
  const { body } = await call('GET', "/users?$filter=employeeType ne 'employee'&$count=true", undefined, { ConsistencyLevel: 'eventual' });
  expect(body['@odata.count']).toBe(body.value.length);
});

test('a count without ConsistencyLevel is ignored in silence', async () => {
  expect((await call('GET', '/users?$count=true')).body).not.toHaveProperty('@odata.count');
  expect((await call('GET', '/users/$count')).status).toBe(400);
});

test('pages link to the next one until everyone was seen once', async () => {
  const seen: string[] = [];
  let path = '/users?$top=17&$select=id';
  for (;;) {
    const { body } = await call('GET', path);
    seen.push(...body.value.map(({ id }) => id));
    if (body['@odata.nextLink'] === undefined) break;
    path = body['@odata.nextLink'].replace(/^.*\/v1\.0/, '');
  }
  expect(seen.length).toBeGreaterThan(60);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a filter on an unknown property and one that cannot be read are refused', async () => {
  for (const filter of ['shoeSize eq 43', 'displayName eq', "displayName eq 'x"]) {
    const { status, body } = await call('GET', `/users?$filter=${encodeURIComponent(filter)}`);
    expect([status, body.error.code]).toEqual([400, 'BadRequest']);
  }
});

test('an apostrophe inside a text is doubled', () => {
  expect(satisfies({ surname: "O'Brien" }, parseFilter("surname eq 'O''Brien'"))).toBe(true);
});

test('and binds tighter than or, and a null property satisfies only eq null', () => {
  expect(satisfies({ a: 1, b: 2 }, parseFilter('a eq 1 or a eq 2 and b eq 3'))).toBe(true);
  expect(satisfies({ a: null }, parseFilter("a eq null and not(a eq 'x')"))).toBe(true);
  expect(satisfies({ a: null }, parseFilter("a ge 'x' or a le 'x' or a eq 'x'"))).toBe(false);
});

test('several values are found whether they are asked for by or, by in, or beside other tests', async () => {
  const idsOf = async (filter: string) => (await call('GET', `/users?$select=id&$filter=${filter}`)).body.value.map(({ id }) => id);
  const both = [known.chief, known.contractor].toSorted();
  expect(await idsOf("employeeId eq '10001' or employeeId eq '20003'")).toEqual(both);
  expect(await idsOf("employeeId in ('10001','20003','10001')")).toEqual(both);
  expect(await idsOf(`id in ('${known.chief}','${known.contractor}') and employeeType eq 'employee'`)).toEqual([known.chief]);
  expect(await idsOf("employeeId eq '10001' or department eq 'Finance'")).toContain(known.chief);
  expect((await idsOf("employeeId eq '10001' or department eq 'Finance'")).length).toBeGreaterThan(3);
  expect(await idsOf("(employeeId eq '10001' or mail eq 'nobody@contoso.example') and startsWith(displayName,'X')")).toEqual([]);
});

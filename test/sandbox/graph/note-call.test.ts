import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteCall } from '../../../sandbox/graph/contract/note-call.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-note-call-'));
const file = join(folder, 'calls');
const before = process.env['SANDBOX_GRAPH_CALLS'] ?? '';
beforeAll(() => {
  process.env['SANDBOX_GRAPH_CALLS'] = file;
});
afterAll(() => {
  process.env['SANDBOX_GRAPH_CALLS'] = before;
  rmSync(folder, { recursive: true, force: true });
});

test('a call is noted with what of it does not fit the contract, and one that fits is noted once', () => {
  const note = (method: string, address: string, body?: unknown) => {
    const { pathname, searchParams } = new URL(address, 'https://graph.microsoft.com');
    noteCall({ method, path: pathname, query: searchParams, body });
  };
  note('GET', '/users/1?$select=id');
  note('GET', '/users/2?$select=id');
  note('GET', '/users?$skip=1');
  note('PATCH', '/users/1', { shoeSize: 43 });
  note('DELETE', '/groups/1/members/2');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { operation: 'GET /users/{user-id}', problems: [] },
    { operation: 'GET /users', problems: [expect.stringContaining('$skip')] },
    { operation: 'PATCH /users/{user-id}', problems: [expect.stringContaining('shoeSize')] },
    { operation: 'DELETE /groups/1/members/2', problems: ['no operation of the contract'] },
  ]);
});

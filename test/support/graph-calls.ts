import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { graphUses } from '../../shared/connectors/http/graph-uses.ts';

// Runs before every test file: whatever sandbox it starts, in this process or another, notes every call of Graph that it gets. One file a worker, since a worker runs one test file after the other.
const file = join(tmpdir(), `gatehouse-graph-calls-${process.pid}`);
const listed = new Set(['POST /$batch', ...graphUses.flatMap(({ calls }) => calls)]);
const noted = z.object({ operation: z.string(), problems: z.array(z.string()) });

beforeAll(() => {
  rmSync(file, { force: true });
  // There the tenant is called by hand, with nonsense too.
  const isByHand = /test[\\/](sandbox|host|lint|architecture)[\\/]/.test(expect.getState().testPath ?? '');
  process.env['SANDBOX_GRAPH_CALLS'] = isByHand ? '' : file;
});

afterAll(() => {
  if (!existsSync(file)) return;
  const calls = readFileSync(file, 'utf8').trimEnd().split('\n');
  rmSync(file);
  const wrong = calls.flatMap((line) => misfits(noted.parse(JSON.parse(line))));
  expect(wrong, 'Graph was called as its contract does not allow, or as docs/permissions.md does not list').toEqual([]);
});

function misfits({ operation, problems }: z.infer<typeof noted>): readonly string[] {
  const unlisted = listed.has(operation) ? [] : ['is not listed in shared/connectors/http/graph-uses.ts'];
  return [...problems, ...unlisted].map((problem) => `${operation}: ${problem}`);
}

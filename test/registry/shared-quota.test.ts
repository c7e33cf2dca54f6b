import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';

type Spending = { readonly admitted: readonly number[]; readonly draws: number; readonly putOff: number };

/** A process that is ready to spend, and what it spent once it is told to begin. */
function spender(url: string, calls: number, urgent: number): { readonly ready: Promise<void>; readonly spend: () => Promise<Spending> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'quota-process.ts'), url, String(calls), String(urgent)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  return {
    ready: next().then((line) => expect(line).toBe('ready')),
    spend: async () => {
      child.stdin.write('go\n');
      const spent: Spending = JSON.parse(await next());
      return spent;
    },
  };
}

describe.skipIf(postgresPrograms === undefined)('two processes that share a quota through PostgreSQL', () => {
  let postgres: TestPostgres;
  let spent: readonly Spending[];
  const perProcess = 3_000;
  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.database();
    await (await openRegistry({ url })).close();
    const spenders = [spender(url, perProcess, 0), spender(url, perProcess, 12)];
    await Promise.all(spenders.map(({ ready }) => ready));
    spent = await Promise.all(spenders.map(({ spend }) => spend()));
  }, 60_000);
  afterAll(() => postgres.stop());

  it('never spend more than Graph grants, at any moment: 3,000 writes at once, and 20 a second', () => {
    const moments = spent.flatMap(({ admitted }) => admitted).toSorted((one, other) => one - other);
    let level = 3_000;
    let at = 0;
    let lowest = level;
    for (const moment of moments) {
      level = Math.min(3_000, level + ((moment - at) / 1000) * 20) - 1;
      at = moment;
      lowest = Math.min(lowest, level);
    }
    expect(moments).toHaveLength(2 * perProcess + 12);
    expect(lowest).toBeGreaterThanOrEqual(0);
  });

  it('spend at least 95 % of it, and ask the registry far less often than they call', () => {
    const took = Math.max(...spent.flatMap(({ admitted }) => admitted)) / 1000;
    const floor = (2 * perProcess + 12 - 3_000) / 20;
    expect(floor / took).toBeGreaterThanOrEqual(0.95);
    expect(spent.reduce((sum, { draws }) => sum + draws, 0)).toBeLessThan(perProcess);
  });

  it('send containment at once, while thousands of other calls wait in both', () => {
    expect(spent[1]?.admitted).toHaveLength(perProcess + 12);
    expect(spent[1]?.putOff).toBe(0);
  });
});

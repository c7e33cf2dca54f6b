import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { type Answer, problem, type ScriptedApi, scriptedApi } from './scripted-api.ts';

let folder = '';
let api: ScriptedApi | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-import-'));
  writeFileSync(join(folder, 'token'), 'token-of-the-operator\n');
  writeFileSync(join(folder, 'workers.csv'), 'Worker ID\n1\n');
});
afterEach(async () => {
  await api?.stop();
  api = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const send = async (answer: Answer, file = 'workers.csv') => {
  api = await scriptedApi({ '/api/hr/csv/csv': answer });
  return runCommand(['import', join(folder, file), '--source', 'csv'], { GATEHOUSE_PUBLIC_URL: api.url, GATEHOUSE_DATA_DIR: folder });
};
const good = (line: number) => ({ line, workerId: String(line), id: `e${line}`, status: 'accepted', inboxId: 'i' });
const bad = {
  line: 3,
  workerId: '3',
  id: null,
  status: 'invalid',
  problems: [
    { field: 'Status', problem: 'is “aktiv”, which is not known' },
    { field: 'Hire date', problem: 'is required and is empty' },
  ],
};
const answer = (status: number, rows: readonly object[], rest: object = {}): Answer => ({
  status,
  body: { requestId: 'r', batchId: 'file-1', separator: 'comma', rows, ignoredColumns: [], absent: { count: 0, workerIds: [] }, ...rest },
});

describe('gatehouse import', () => {
  it('shows what became of each line, and ends with 0 when all were taken, now or before', async () => {
    const { code, stdout, stderr } = await send(answer(202, [good(2), { ...good(3), status: 'duplicate' }]));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/LINE +WORKER +STATUS/);
    expect(stdout).toMatch(/^2 +2 +accepted/m);
    expect(stdout).toContain('2 lines: 1 accepted, 1 taken before, 0 not taken (batch file-1)');
    expect(api?.asked).toEqual([{ path: '/api/hr/csv/csv', token: 'Bearer token-of-the-operator' }]);
  });

  it('ends with 1 when a line was not taken, and says what to mend in it', async () => {
    for (const [status, rows] of [
      [202, [good(2), bad]],
      [400, [bad]],
    ] as const) {
      const { code, stdout } = await send(answer(status, rows));
      expect(code, String(status)).toBe(1);
      expect(stdout).toMatch(/^3 +3 +invalid +Status is “aktiv”, which is not known; Hire date is required and is empty/m);
      await api?.stop();
    }
    api = undefined;
  });

  it('lists of a long file only the lines that were not taken', async () => {
    const many = Array.from({ length: 60 }, (_, index) => good(index + 4));
    const { stdout } = await send(answer(202, [...many, bad]));
    expect(stdout.split('\n').filter((line) => /^\d+ .*(accepted|invalid) /.test(line))).toHaveLength(1);
    expect(stdout).toContain('61 lines: 60 accepted, 0 taken before, 1 not taken');
  });

  it('says which columns were not read, and who of those known is not in the file', async () => {
    const rest = { ignoredColumns: ['Shoe size'], absent: { count: 2, workerIds: ['51', '52'] } };
    const { code, stdout } = await send(answer(202, [good(2)], rest));
    expect(code).toBe(0);
    expect(stdout).toContain('Columns that are not read: Shoe size.');
    expect(stdout).toContain('2 known workers are not in the file (51, 52). That ends nobody');
  });

  it('repeats in its own words why a file was refused whole, and names a file that is not there', async () => {
    const detail = 'The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and send it again.';
    expect(await send(problem(400, 'input-invalid', detail))).toEqual({ code: 1, stdout: '', stderr: `${detail}\n` });
    await api?.stop();
    const { code, stderr } = await send(answer(202, []), 'nobody.csv');
    expect([code, stderr]).toEqual([1, expect.stringContaining('nobody.csv cannot be read')]);
  });
});

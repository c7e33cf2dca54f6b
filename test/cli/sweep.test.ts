import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { type ScriptedApi, scriptedApi } from './scripted-api.ts';

let api: ScriptedApi | undefined;
afterEach(() => api?.stop());

const ended = {
  id: 'sweep-2026-11-21',
  startedAt: '2026-11-21T02:15:00.000Z',
  endedAt: '2026-11-21T02:15:09.000Z',
  looked: 214,
  found: 3,
  repaired: 2,
  raised: 1,
  unreadable: [],
};

async function sweep(body: unknown) {
  api = await scriptedApi({ '/api/sweep': { status: 200, body } });
  return runCommand(['sweep'], { GATEHOUSE_PUBLIC_URL: api.url, GATEHOUSE_TOKEN: 'a-token' });
}

describe('gatehouse sweep', () => {
  it('shows what the last look at everybody who has left came to, and ends with 0', async () => {
    const { code, stdout } = await sweep({ sweep: ended });
    expect(code).toBe(0);
    expect(stdout).toContain('Sweep sweep-2026-11-21, ended at 2026-11-21T02:15:09.000Z');
    expect(stdout).toContain('214 people who have left were looked at: 3 things open, 2 being closed, 1 for people to look at');
  });

  it('names a target that could not be read, and ends with 1', async () => {
    const { code, stdout } = await sweep({ sweep: { ...ended, unreadable: [{ target: 'oci:contoso', message: 'It answered 403.' }] } });
    expect(code).toBe(1);
    expect(stdout).toContain('oci:contoso: It answered 403.');
  });

  it('says so before the first one', async () => {
    expect(await sweep({ sweep: null })).toMatchObject({ code: 0, stdout: expect.stringContaining('runs every night') });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { problem, type ScriptedApi, scriptedApi } from './scripted-api.ts';

let api: ScriptedApi | undefined;
afterEach(() => api?.stop());

const whole = {
  isWhole: true,
  provenTo: { anchor: 12, at: '2026-11-21T12:00:00.000Z', position: 340 },
  sealed: 342,
  notProven: 2,
  notSealed: 1,
  oldestNotSealedAt: '2026-11-21T12:00:30.000Z',
  erasedValues: 3,
  findingCount: 0,
  findings: [],
  anchors: '.gatehouse/anchors/audit.ndjson',
};

async function verify(status: number, body: unknown) {
  api = await scriptedApi({ '/api/audit/verify': { status, body } });
  return runCommand(['audit', 'verify'], { GATEHOUSE_PUBLIC_URL: api.url, GATEHOUSE_TOKEN: 'a-token' });
}

describe('gatehouse audit verify', () => {
  it('says up to which anchor the audit is proved and what is not, and ends with 0', async () => {
    const { code, stdout, stderr } = await verify(200, whole);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'The audit is whole: 342 rows sealed in one chain.',
      'Proved up to anchor 12 of 2026-11-21T12:00:00.000Z in .gatehouse/anchors/audit.ndjson: 340 rows.',
      'Sealed after that, and not proved: 2.',
      'Not sealed yet: 1, the oldest of 2026-11-21T12:00:30.000Z.',
      'Personal values erased, as the audit itself tells: 3.',
    ]);
  });

  it('names what is wrong, and ends with 1', async () => {
    const findings = [
      { kind: 'row-changed', sequence: 57, message: 'Row 57 of 2026-11-21T12:00:00.000Z (run.done) does not fit its seal.' },
    ];
    const { code, stdout } = await verify(200, { ...whole, isWhole: false, provenTo: null, findingCount: 3, findings });
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'The audit is NOT whole: 3 found to be wrong.',
      '  ✗ Row 57 of 2026-11-21T12:00:00.000Z (run.done) does not fit its seal.',
      '  … and 2 more',
      'Proved up to no anchor: none in .gatehouse/anchors/audit.ndjson agrees with it yet.',
    ]);
  });

  it('ends with 1 where it could not be verified', async () => {
    const { status, body } = problem(503, 'store-unavailable', 'The registry cannot be reached.');
    const ended = await verify(status, body);
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([1, '', 'The registry cannot be reached.\n']);
  });
});

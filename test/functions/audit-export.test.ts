import { describe, expect, it } from 'vitest';
import { exported, type ShownRow } from '../../functions/http/audit-export.ts';

const row: ShownRow = {
  sequence: 7,
  at: '2026-11-21T12:00:00.000Z',
  actor: 'token:operator',
  action: 'run.done',
  personId: null,
  runId: 'run-1',
  target: null,
  detail: { note: 'He said "no", twice' },
  position: 5,
  hash: 'ab',
};

describe('Audit rows that are handed out', () => {
  it('are one line of JSON each', () => {
    const lines = exported('ndjson', [row, { ...row, sequence: 8 }]).split('\n');
    expect(lines.length).toBe(3);
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([row, { ...row, sequence: 8 }]);
  });

  it('are CSV with a head, quoted where it has to be, empty where there is nothing', () => {
    expect(exported('csv', [row]).split('\r\n')).toEqual([
      'sequence,at,actor,action,personId,runId,target,position,hash,detail',
      '7,2026-11-21T12:00:00.000Z,token:operator,run.done,,run-1,,5,ab,"{""note"":""He said \\""no\\"", twice""}"',
      '',
    ]);
  });

  it('hold nothing that a spreadsheet would take for a formula', () => {
    const cells = ['=cmd', '+1', '-1', '@x', '\tx'].map(
      (actor) =>
        exported('csv', [{ ...row, actor }])
          .split('\r\n')[1]
          ?.split(',')[2],
    );
    expect(cells).toEqual(["'=cmd", "'+1", "'-1", "'@x", "'\tx"]);
  });
});

import { describe, expect, it } from 'vitest';
import { auditPage } from '../../console/audit-page.ts';

const row = {
  sequence: 7,
  at: Date.parse('2026-11-21T12:00:00Z'),
  actor: 'token:operator',
  action: 'change.done',
  personId: 'person-1',
  runId: 'run-1',
  target: 'ad:contoso',
  detail: { note: '<script>alert(1)</script>' },
  position: 5,
};

describe('The page of the audit', () => {
  it('says of each row who did what, where, to whom and when, and leads to the person and the run', () => {
    const page = auditPage({ rows: [row] });
    for (const text of [
      'token:operator',
      'change.done in ad:contoso',
      '2026-11-21 12:00:00 UTC',
      '?person=person-1',
      '/console/runs/run-1',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('not sealed yet');
  });

  it('marks what is not sealed yet, and shows what others wrote as text', () => {
    const page = auditPage({ rows: [{ ...row, position: null, actor: '<b>' }], next: '/console/audit?before=7' });
    expect(page).toContain('not sealed yet');
    expect(page).toContain('href="/console/audit?before=7"');
    expect(page).not.toMatch(/<script>|<b>/);
  });

  it('says that there is nothing where there is nothing', () => {
    expect(auditPage({ rows: [] })).toContain('Nothing is written down here.');
  });
});

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeContainment } from '../../../scripts/start/describe-containment.ts';
import { describeStrip } from '../../../scripts/start/describe-strip.ts';
import type { RunSteps, StepOfRun } from '../../../scripts/start/gatehouse-api.ts';
import { columns } from '../../../scripts/start/paint.ts';
import { aRun, aStep } from './a-run.ts';

const claim = (target: string, claims: string, ...remains: string[]) => ({ target, claims, remains });
const shut = (stepId: string, at: string, own: StepOfRun['claim']) =>
  aStep(stepId, { task: 'contain-account', lastAt: `2026-11-21T08:00:${at}Z`, claim: own });
const closing = [
  shut('ad', '00.900', claim('ad:contoso', 'closed on 2 of 2 controllers', 'cached logon')),
  shut('entra', '01.100', claim('entra:contoso', 'new sign-in closed for now', 'the next sync could enable it again')),
  shut('oci', '00.700', claim('oci:contoso', 'closed')),
  aStep('confirm-entra', {
    lastAt: '2026-11-21T08:00:03Z',
    claim: claim('entra:contoso', 'new sign-in closed', 'other access tokens: 60 to 90 minutes'),
  }),
];
const plain = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line));
const contained = (change: Partial<RunSteps> = {}, telling = {}) =>
  plain(describeContainment('Arjun Subramanian', aRun('leaver-contain', closing, change), { width: 120, ...telling }));

describe('the lines of a leaver', () => {
  it('say how fast the last account was shut, not how long it took to see that it stays so, and what may be claimed in the end', () => {
    expect(contained()).toEqual([
      '✓ Arjun Subramanian  AD ✓  Entra ✓  OCI ✓  shut in 1.1 s',
      '    AD closed on 2 of 2 controllers; Entra new sign-in closed; OCI closed',
    ]);
  });

  it('count from the moment at which access ends, or from another that is given', () => {
    expect(contained({ dueAt: '2026-11-21T08:00:00.400Z' })[0]).toContain('shut in 0.7 s');
    expect(contained({}, { since: Date.parse('2026-11-21T08:00:01Z') })[0]).toContain('shut in 0.1 s');
  });

  it('say what remains of the access, by system, on request', () => {
    expect(contained({}, { remains: true }).at(-1)).toBe('    remains: cached logon (AD); other access tokens: 60 to 90 minutes (Entra)');
  });

  it('call an account open that waits for two approvers, and nothing else of it', () => {
    const held = aStep('ad', { task: 'contain-account', state: 'held', gaps: 1, summary: 'OPEN: two approvers have to agree.' });
    expect(plain(describeContainment('Dmitri Volkov', aRun('leaver-contain', [held], { state: 'held' }), { width: 120 }))).toEqual([
      '⏸ Dmitri Volkov      AD ✗  OPEN: two approvers are asked',
    ]);
  });

  it('claim nothing of a run that failed, and say why it did', () => {
    const failed = aStep('ad', { task: 'contain-account', state: 'failed', gaps: 1, summary: 'no rights' });
    const [first, ...others] = plain(
      describeContainment('Dmitri Volkov', aRun('leaver-contain', [failed], { state: 'failed' }), { width: 120 }),
    );
    expect(first).toMatch(/^✗ Dmitri Volkov +AD ✗ {2}failed/);
    expect(others).toEqual(['    ↳ ad: no rights']);
  });

  it('count what was taken away, done changes alone, and name what is left to people with its reason', () => {
    const link = (is: string) => ({ do: 'unlink', outcome: { is } });
    const strip = aRun(
      'leaver-strip',
      [
        aStep('ad-groups', {
          changes: [link('done'), link('done'), link('already')],
          gaps: 1,
          summary: 'GG-Staff taken away; GG-Admins: two people have to take its members out by hand.',
        }),
        aStep('licences', { changes: [link('done')] }),
      ],
      { state: 'done-with-gaps' },
    );
    expect(plain(describeStrip('Dmitri Volkov', strip, 120))).toEqual([
      '    Dmitri Volkov: taken away: 2 groups in AD, 1 licence',
      '    ↳ GG-Admins: two people have to take its members out by hand.',
    ]);
  });

  it('take no more columns than there are, wide letters counted twice', () => {
    const lines = plain(describeContainment('美咲 田中', aRun('leaver-contain', closing), { width: 60, remains: true }));
    expect(Math.max(...lines.slice(1).map(columns))).toBeLessThanOrEqual(60);
    expect(lines.length).toBeGreaterThan(4);
    expect(columns(lines[0]?.split('AD')[0] ?? '')).toBe(columns(contained()[0]?.split('AD')[0] ?? ''));
  });
});

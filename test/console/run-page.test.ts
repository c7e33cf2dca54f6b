import { describe, expect, it } from 'vitest';
import type { RunPageData } from '../../console/page-data.ts';
import { runPage } from '../../console/run-page.ts';
import { sampleRun } from './sample-run.ts';

const asText = (page: string) => page.replaceAll(/<style>[^]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const pageOf = (change: Partial<RunPageData>) => runPage({ ...sampleRun, ...change });
const renewal = (page: string) => /<meta http-equiv="refresh" content="(\d+)">/.exec(page)?.[1];

describe('the page of a run', () => {
  it('says the state in words and not by colour alone, and names what was left undone', () => {
    const text = asText(pageOf({}));
    expect(text).toContain('Zoe O&#39;Brien ◐ done with gaps');
    expect(text).toContain('left undone what is listed here. Licences : No seat of Microsoft 365 E3 is free');
  });

  it('lists the steps in the order of the workflow', () => {
    const names = [...pageOf({}).matchAll(/<h3>.*?<span>([^<]+)<\/span>/g)].map((match) => match[1]);
    expect(names).toEqual(['AD account', 'Synced account', 'OCI account', 'AD groups', 'Licences', 'Pass']);
  });

  it('shows each change with before and after, and a secret only as one that is made when applied', () => {
    const text = asText(pageOf({}));
    expect(text).toContain('department – Platform');
    expect(text).toContain('initialPassword – (made when applied)');
  });

  it('shows the other system’s request id, also of a change that failed', () => {
    expect(asText(pageOf({}))).toContain('Request id there 5b0f6a86-52a5-4a57-8a3e-7f2a0c1d9e44');
    const steps = sampleRun.steps.map((step) => ({
      ...step,
      changes: step.changes.map((change) => ({
        ...change,
        requestId: null,
        outcome: {
          is: 'failed' as const,
          problem: { code: 'target-refused' as const, message: 'It refused.', systemCode: 'X1', requestId: 'req-77' },
        },
      })),
    }));
    expect(asText(pageOf({ state: 'failed', steps }))).toMatch(/It refused\. \(X1\).*Request id there req-77/);
  });

  it('prints what may be claimed of access, and what remains', () => {
    const claim = { target: 'ad:contoso', is: 'provisional', claims: 'closed on 1 of 2 controllers', remains: ['cached logon'] } as const;
    const steps = sampleRun.steps.map((step, index) => (index === 0 ? { ...step, claim } : step));
    expect(asText(pageOf({ steps }))).toMatch(/provisional\. closed on 1 of 2 controllers What remains: cached logon/);
  });

  it('opens the changes of a step in trouble, and only those', () => {
    expect(pageOf({})).not.toContain('<details open>');
    const steps = sampleRun.steps.map((step, index) => (index === 0 ? { ...step, state: 'failed' as const } : step));
    expect(pageOf({ state: 'failed', steps }).match(/<details open>/g)).toHaveLength(1);
  });

  it('says what is waited for and until when, and what comes next', () => {
    const steps = sampleRun.steps.map((step, index) => (index > 3 ? { ...step, state: 'to-come' as const, gaps: 0 } : step));
    const text = asText(pageOf({ state: 'planned', dueAt: '2026-11-26T00:00:00Z', note: 'first-day: until then', endedAt: null, steps }));
    expect(text).toContain('Goes on at 2026-11-26 00:00:00 UTC – first-day: until then');
    expect(text).toContain('Next: Licences');
  });

  it('loads itself again as long as something is still to happen, and not after the end', () => {
    expect(renewal(pageOf({ state: 'active' }))).toBe('2');
    expect(renewal(pageOf({ state: 'held' }))).toBe('30');
    expect(renewal(pageOf({ state: 'done' }))).toBeUndefined();
    expect(renewal(pageOf({ state: 'unknown' }))).toBeUndefined();
  });
});

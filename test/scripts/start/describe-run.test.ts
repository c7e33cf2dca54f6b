import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeRun, isSettled } from '../../../scripts/start/describe-run.ts';
import type { RunSteps } from '../../../scripts/start/gatehouse-api.ts';
import { aRun, aStep } from './a-run.ts';

const steps = [aStep('ad-account'), aStep('synced-account'), aStep('oci-account'), aStep('pass', { task: 'issue-pass' })];
const run = aRun('joiner-hybrid', steps);
const lines = (change: Partial<RunSteps>) =>
  describeRun("Zoë O'Brien", { ...run, ...change }).map((line) => stripVTControlCharacters(line));

describe('the line of a run', () => {
  it('names the person first, then each system, the pass and how long it took', () => {
    expect(lines({})).toEqual(["✓ Zoë O'Brien        AD ✓  Entra ✓  OCI ✓  pass → manager  1.2 s"]);
  });

  it('shows a gap as a gap, and what it is', () => {
    const gap = aStep('oci-groups', { state: 'refused', gaps: 1, summary: 'no seat is free' });
    expect(lines({ state: 'done-with-gaps', steps: [...steps, gap] })).toEqual([
      "◐ Zoë O'Brien        AD ✓  Entra ✓  OCI ◐  pass → manager  done with gaps  1.2 s",
      '    ↳ oci-groups: no seat is free',
    ]);
  });

  it('shows a failure in its system, its reason, and nothing of what was never begun', () => {
    const failed = [
      aStep('ad-account', { state: 'failed', gaps: 1, summary: 'unwilling to perform' }),
      aStep('synced-account', { state: 'to-come', lastAt: null }),
    ];
    expect(lines({ state: 'failed', steps: failed })).toEqual([
      "✗ Zoë O'Brien        AD ✗  failed  1.2 s",
      '    ↳ ad-account: unwilling to perform',
    ]);
  });

  it('says until when somebody waits, with accounts that are shut or with none', () => {
    const dueAt = '2026-11-26T00:00:00Z';
    expect(lines({ state: 'planned', dueAt, endedAt: null, steps: steps.slice(0, 3) })).toEqual([
      "◷ Zoë O'Brien        AD ✓  Entra ✓  OCI ✓  disabled until 2026-11-26 00:00 UTC",
    ]);
    expect(
      lines({ state: 'planned', dueAt, endedAt: null, startedAt: null, steps: [aStep('ad-account', { state: 'to-come', lastAt: null })] }),
    ).toEqual(["◷ Zoë O'Brien        nothing is made before 2026-11-26 00:00 UTC"]);
  });
});

describe('a run is waited for', () => {
  it('until it has ended, is held, or its time is still to come', () => {
    const now = Date.parse('2026-11-21T08:00:00Z');
    const settled = (state: RunSteps['state'], dueAt = '2026-11-21T08:00:00Z') => isSettled({ state, dueAt }, now);
    expect([settled('active'), settled('starting'), settled('planned')]).toEqual([false, false, false]);
    expect([settled('done'), settled('held'), settled('failed'), settled('planned', '2026-11-21T08:00:01Z')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

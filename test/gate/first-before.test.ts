import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import { firstBefore } from '../../shared/gate/first-before.ts';
import type { IntentRow } from '../../shared/ports/registry/intents.ts';

const after = { enabled: false, canUseApiKeys: false };
const shut: Change = {
  target: 'oci:contoso',
  person: 'p',
  kind: 'account',
  object: { id: 'o' },
  effect: 'contain',
  cause: { reference: 'containment', message: '' },
  as: 'reach',
  do: 'update',
  before: { enabled: true, canUseApiKeys: true },
  after,
};
const rowWith = (observedBefore: IntentRow['observedBefore']) => ({ observedBefore }) as IntentRow;

describe('what was there before a change', () => {
  it('is what was seen before the first attempt, where that attempt has written a part', () => {
    const first = rowWith({ enabled: true, canUseApiKeys: true });
    expect(firstBefore(shut, first, { enabled: false, canUseApiKeys: true })).toEqual({ enabled: true, canUseApiKeys: true });
  });

  it('is what is seen now, where somebody else has made it a third value since', () => {
    const moved: Change = { ...shut, effect: 'attribute', before: { title: 'A' }, after: { title: 'C' } };
    expect(firstBefore(moved, rowWith({ title: 'A' }), { title: 'B' })).toEqual({ title: 'B' });
  });

  it('is what is seen now, at the first attempt', () => {
    expect(firstBefore(shut, rowWith(null), { enabled: false, canUseApiKeys: true })).toEqual({ enabled: false, canUseApiKeys: true });
  });
});

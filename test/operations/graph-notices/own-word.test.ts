import { describe, expect, it } from 'vitest';
import { agrees, lastWordOn } from '../../../shared/operations/graph-notices/own-word.ts';
import type { OwnChange } from '../../../shared/ports/registry/graph-door.ts';

const aim = {
  target: 'ad:contoso',
  person: 'p',
  kind: 'account',
  object: { id: 'a' },
  cause: { reference: 'r', message: 'm' },
  as: 'reach',
} as const;
const own = (change: OwnChange['change'], at: number): OwnChange => ({
  changeId: `c${at}`,
  personId: 'p',
  change,
  account: 'a',
  outcome: null,
  at,
});
const shut = (at: number) => own({ ...aim, effect: 'contain', do: 'update', before: { enabled: true }, after: { enabled: false } }, at);
const deletion = (at: number) => own({ ...aim, effect: 'destroy', do: 'delete', before: {} }, at);
const restored = (at: number) => own({ ...aim, effect: 'create', do: 'restore' }, at);
const wordOn = (...changes: readonly OwnChange[]) => lastWordOn(changes, () => true);

describe('what Gatehouse last made of an account', () => {
  it('stays that it was deleted, though a change before that is seen to its end only afterwards', () => {
    expect(wordOn(shut(1), deletion(2), shut(3))).toBe('deleted');
    expect(agrees(wordOn(deletion(2), shut(3)), 'deleted')).toBe(true);
  });

  it('is that it is there, once it was brought back, and whatever was made of it since', () => {
    expect(wordOn(deletion(1), restored(2))).toBe('present');
    expect(wordOn(deletion(1), restored(2), shut(3))).toBe('disabled');
    expect(wordOn()).toBeUndefined();
  });
});

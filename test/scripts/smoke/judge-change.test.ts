import { describe, expect, it } from 'vitest';
import type { Sight } from '../../../scripts/smoke/eyes/eye.ts';
import { judgeChange } from '../../../scripts/smoke/judge-change.ts';
import type { ToldChange } from '../../../scripts/smoke/told.ts';

const sentAt = '2026-11-30T10:00:00.000Z';
const sight: Sight = {
  enabled: true,
  attributes: { displayName: 'Smoke Test', jobTitle: null },
  groups: ['g-1'],
  licences: [],
  ways: [],
  sessionsFrom: Date.parse(sentAt) + 1000,
  passwordSetAt: Date.parse(sentAt) - 3_600_000,
};
const always = () => true;

describe('The smoke test', () => {
  it.each([
    [
      'a value is another',
      { do: 'update', kind: 'account', after: { displayName: 'Somebody Else' } },
      'displayName is "Smoke Test", told "Somebody Else"',
    ],
    ['an account is open that was closed', { do: 'update', kind: 'account', after: { enabled: false } }, 'enabled is true, told false'],
    ['a group is missing', { do: 'link', kind: 'group', after: { member: 'g-2' } }, 'group g-2 is missing'],
    ['a group is still there', { do: 'unlink', kind: 'group', after: { member: 'g-1' } }, 'group g-1 is still there'],
    ['a licence is missing', { do: 'link', kind: 'licence', after: { licence: 'l-1' } }, 'licence l-1 is missing'],
    ['no pass is there', { do: 'issue', kind: 'pass', after: {} }, 'no pass is there'],
    ['the password is older', { do: 'reset', kind: 'password', after: null }, 'password set only since 2026-11-30T09:00:00.000Z'],
    ['a deleted account is there', { do: 'delete', kind: 'account', after: null }, 'it is still there'],
  ])('tells of a difference where %s', (_, change, found) => {
    expect(judgeChange(told(change), sight, always)).toEqual({ verdict: 'differs', found });
  });

  it.each([
    ['values are so', { do: 'update', kind: 'account', after: { displayName: 'Smoke Test', enabled: true, jobTitle: '' } }],
    ['a group is there', { do: 'link', kind: 'group', after: { member: 'G-1' } }],
    ['a licence is gone', { do: 'unlink', kind: 'licence', after: { licence: 'l-1' } }],
    ['sessions have ended', { do: 'revoke', kind: 'sessions', after: null }],
  ])('agrees where %s', (_, change) => {
    expect(judgeChange(told(change), sight, always)).toMatchObject({ verdict: 'agrees' });
  });

  it('tells of a difference where an account is not there at all, and of none where it was deleted', () => {
    expect(judgeChange(told({ do: 'link', kind: 'group', after: { member: 'g-1' } }), undefined, always)).toMatchObject({
      verdict: 'differs',
    });
    expect(judgeChange(told({ do: 'delete', kind: 'account', after: null }), undefined, always)).toMatchObject({ verdict: 'agrees' });
    expect(judgeChange(told({ do: 'purge', kind: 'account', after: null }), undefined, always)).toMatchObject({ verdict: 'agrees' });
  });

  it('takes nothing for proved that a later step has changed, or that it does not look at', () => {
    const link = told({ do: 'link', kind: 'group', after: { member: 'g-2' } });
    expect(judgeChange(link, sight, () => false)).toEqual({ verdict: 'not seen', found: 'changed again later' });
    expect(judgeChange(told({ do: 'send', kind: 'mail', after: {} }), sight, always)).toEqual({
      verdict: 'not seen',
      found: 'mail is not looked at',
    });
  });
});

function told(change: Pick<ToldChange, 'do' | 'kind' | 'after'>): ToldChange {
  return { changeId: 'c', target: 'entra:contoso', object: 'o', outcome: { is: 'done' }, sentAt, ...change };
}

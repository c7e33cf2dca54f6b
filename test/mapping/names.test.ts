import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../shared/mapping/compile-expression.ts';
import { foldName } from '../../shared/mapping/fold-name.ts';
import { nameCandidates } from '../../shared/mapping/name-candidates.ts';
import type { NameScheme } from '../../shared/mapping/name-spec.ts';

const upn: NameScheme = {
  id: 'upn',
  scope: 'upn',
  within: null,
  base: compileExpression('[name.given]'),
  spelling: 'ascii',
  characters: 'a-z0-9.-',
  maxLength: 20,
  suffix: '@contoso.example',
  onCollision: 'number',
};
const cn: NameScheme = { ...upn, spelling: 'as-written', characters: null, suffix: '', maxLength: 64, onCollision: 'parentheses' };
const first = (scheme: NameScheme, base: string | null, count = 1) => [...nameCandidates(scheme, base, '10042')].slice(0, count);

describe('the names that are tried for a person', () => {
  it('are the base, then the base with a number', () => {
    expect(first(upn, 'john.smith', 3)).toEqual([
      'john.smith@contoso.example',
      'john.smith2@contoso.example',
      'john.smith3@contoso.example',
    ]);
  });

  it.each([
    ['accents and apostrophes', "zoë.o'brien", 'zoe.obrien'],
    ['letters that are spelled out', 'søren.kjærgaard', 'soeren.kjaergaard'],
    ['spaces within a part', 'maria da luz.sá', 'mariadaluz.sa'],
    ['a part that cannot be spelled', '明.smith', 'smith'],
    ['a name that cannot be spelled at all', '健太.佐藤', 'w10042'],
    ['no base at all', null, 'w10042'],
    ['dots where there should be none', '..ana..sá.-', 'ana.sa'],
  ])('are spelled in ASCII from %s', (_, base, expected) => {
    expect(first(upn, base)).toEqual([`${expected}@contoso.example`]);
  });

  it('are cut so that the number fits, and do not end in a dot', () => {
    expect(first(upn, 'abcdefghijklmnopqrs.tuvw', 2)).toEqual([
      'abcdefghijklmnopqrs@contoso.example',
      'abcdefghijklmnopqrs2@contoso.example',
    ]);
    expect([...nameCandidates(upn, 'a'.repeat(30), '1')].at(-1)).toBe(`${'a'.repeat(17)}999@contoso.example`);
  });

  it('keep every script where the scheme says so, and count in parentheses', () => {
    expect(first(cn, "  佐藤\u0000  健太 O'Brien ", 2)).toEqual(["佐藤 健太 O'Brien", "佐藤 健太 O'Brien (2)"]);
  });

  it('are all different, within the length and the alphabet, whatever the base', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 20 }), (base, workerId) => {
        const candidates = [...nameCandidates(upn, base, workerId)];
        expect(candidates).toHaveLength(999);
        expect(new Set(candidates).size).toBe(candidates.length);
        for (const candidate of candidates) expect(candidate).toMatch(/^[a-z0-9](?:[a-z0-9.-]{0,18}[a-z0-9])?@contoso\.example$/);
      }),
      { numRuns: 40 },
    );
  });

  it('never exceed the length in UTF-16 units where every script is kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (base) => {
        for (const candidate of first(cn, base, 12)) expect(candidate.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('the form in which names are compared', () => {
  it.each([
    ['Zoë', 'zoe'],
    ['STRASSE', 'straße'],
    ['Søren', 'soren'],
    ['Łukasz', 'LUKASZ'],
    ['Ångström', 'angstrom'],
    ['ﬁn', 'FIN'],
    ['İnce', 'ınce'],
    ['Nguyễn', 'nguyen'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it('keeps apart what is different', () => {
    expect(new Set(['anna', 'hanna', '佐藤', '伊藤', 'ann.a'].map(foldName)).size).toBe(5);
  });

  it('does not change when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
      { numRuns: 500 },
    );
  });
});

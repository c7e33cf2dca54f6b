import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../shared/mapping/compile-expression.ts';
import { evaluate, type Evaluation } from '../../shared/mapping/evaluate-expression.ts';
import { MappingError } from '../../shared/mapping/mapping-error.ts';
import type { MappingValue } from '../../shared/mapping/mapping-value.ts';

const now = Date.parse('2026-06-15T22:30:00Z');
type Attributes = Readonly<Record<string, MappingValue>>;

function run(text: string, attributes: Attributes = {}, more: Partial<Evaluation> = {}) {
  return evaluate(compileExpression(text), { attributes: (name) => attributes[name] ?? null, now, ...more });
}

function valueOf(text: string, attributes: Attributes = {}, more: Partial<Evaluation> = {}): unknown {
  const result = run(text, attributes, more);
  return result.is === 'value' ? result.value : result.is;
}

function mistakeIn(text: string, attributes: Attributes = {}) {
  try {
    run(text, attributes);
    return undefined;
  } catch (error) {
    if (error instanceof MappingError) return { kind: error.kind, position: error.position, message: error.message };
    throw error;
  }
}

describe('the grammar', () => {
  it.each([
    ['an attribute alone', '[city]', 'Porto'],
    ['a text alone', '"Porto"', 'Porto'],
    ['white space anywhere', ' Append ( [city] ,\n "!" ) ', 'Porto!'],
    ['only \\\\ and \\" as escapes, every other backslash kept', String.raw`Join("", "a\"b", "\\", "\d", "\+")`, String.raw`a"b\\d\+`],
    ['numbers as text where text is wanted', 'Join("-", 7, -2, 1.5)', '7--2-1.5'],
    ['hexadecimal numbers', 'BitAnd(&HFF, 12)', 12],
    ['an integer beyond 2^53 digit by digit', 'CStr(9223372036854775807)', '9223372036854775807'],
    ['arguments left out in the middle and at the end', 'ToUpper([city], )', 'PORTO'],
  ])('takes %s', (_, text, expected) => {
    expect(valueOf(text, { city: 'Porto' })).toBe(expected);
  });

  it.each([
    ['a bracket that is not closed', 'ToLower([a]', 11, 'has no closing )'],
    ['text that is not closed', 'ToLower("a', 8, 'no closing quotation mark'],
    ['an attribute that is not closed', 'ToLower([a', 8, 'no closing ]'],
    ['something after the end', 'Now() [a]', 6, 'should end here'],
    ['a bare word', 'Join("", city)', 9, 'should be followed by ('],
    ['a comparison outside IIF and CBool', 'Join([a] = "x")', 9, 'only as the condition of IIF and CBool'],
    ['a comparison as the second argument of IIF', 'IIF(IsNull([a]), [a] = "x", "y")', 21, 'only as the condition'],
    ['a character that means nothing', 'ToLower(%)', 8, 'unexpected character %'],
    ['nothing at all', '', 0, 'found the end'],
    ['an expression of more than 10,000 characters', `"${'a'.repeat(10_000)}"`, 10_000, 'longer than 10000'],
    ['an expression nested too deeply', `${'ToLower('.repeat(200)}[a]${')'.repeat(200)}`, 808, 'nested deeper than 100'],
  ])('refuses %s and says where', (_, text, position, message) => {
    expect(mistakeIn(text)).toEqual({ kind: 'parse', position, message: expect.stringContaining(message) });
  });

  it('knows functions by their exact name, and proposes the nearest', () => {
    expect(mistakeIn('Join("", toLower([a]))')).toEqual({
      kind: 'unknown-function',
      position: 9,
      message: expect.stringContaining('Did you mean "ToLower"?'),
    });
    expect(mistakeIn('SelectUniqueValue("a", "b")')?.message).toContain('name schemes');
  });

  it('counts arguments before anything is evaluated', () => {
    expect(() => compileExpression('Mid([a], 1)')).toThrow('Mid takes 3 arguments, not 2');
    expect(() => compileExpression('IIF(IsNull([a]), "x", "y", "z")')).toThrow('IIF takes 3 arguments, not 4');
    expect(() => compileExpression('Switch([a], "x", "k", "v", "left over")')).toThrow('one value is missing');
    expect(mistakeIn('Join("", Left([a]))')).toEqual({ kind: 'arguments', position: 9, message: 'Left takes 2 arguments, not 1' });
  });

  it('lists every attribute that may be read, and whether the value is to be kept out of logs', () => {
    const compiled = compileExpression('IIF([a b]="1", Redact([x.y]), [a b])');
    expect(compiled.attributes.map(({ name }) => name)).toEqual(['a b', 'x.y', 'a b']);
    expect(compiled.redacted).toBe(true);
  });
});

describe('decisions', () => {
  it('evaluate only the arm they take, so that an arm which could not be evaluated does no harm', () => {
    expect(valueOf('IIF(IsPresent([end]), CDate([end]), "open")', { end: '' })).toBe('open');
    expect(valueOf('IIF(IsPresent([end]), "closed", CDate([end]))', { end: 'soon' })).toBe('closed');
    expect(valueOf('Switch([end], CDate([end]), "", "open")', {})).toBe('open');
    expect(valueOf('Coalesce([a], Item([a], 0))', { a: 'x' })).toBe('x');
    expect(mistakeIn('CDate([end])', { end: '' })?.message).toContain('CDate at character 1: there is no date to read');
  });

  it.each<[string, string, Attributes, unknown]>([
    ['an absent attribute is evaluated and is like empty text', 'IIF([c]="PT","in","out")', {}, 'out'],
    ['an absent attribute equals the empty text', 'IIF([c]="","none","some")', {}, 'none'],
    ['text is compared case-sensitively', 'IIF([c]="pt","in","out")', { c: 'PT' }, 'out'],
    ['numbers are ordered as numbers', 'IIF([n]>9,"big","small")', { n: '10' }, 'big'],
    ['text is ordered by its characters', 'IIF([n]>"b","after","before")', { n: 'c' }, 'after'],
    ['nothing is less than what is absent', 'IIF([n]<5,"less","not")', {}, 'not'],
    ['two numbers that are written differently are equal where one is a number', 'IIF([n]=7,"seven","other")', { n: '07' }, 'seven'],
    ['not equal', 'IIF([n]<>"a","other","a")', { n: 'b' }, 'other'],
    ['a boolean is compared with its text in any case', 'IIF([b]="true","yes","no")', { b: true }, 'yes'],
    ['at least', 'CBool([n]>=3)', { n: 3 }, true],
    ['at most', 'CBool([n]<=2)', { n: 3 }, false],
    ['a number other than zero is true', 'CBool(5)', {}, true],
    ['zero is false', 'CBool(0)', {}, false],
    ['Not turns only True round', 'Not(IsNull([x]))', {}, 'False'],
    ['Not of anything else is True', 'Not("maybe")', {}, 'True'],
    ['Switch compares keys case-sensitively', 'Switch([s], "other", "a", "1", "A", "2")', { s: 'A' }, '2'],
    ['Switch without a default gives null', 'Switch([s], , "a", "1")', { s: 'b' }, null],
    ['Coalesce passes over null, not over empty text', 'Coalesce([x], [e], "z")', { e: '' }, ''],
    ['Coalesce of nothing but nulls is null', 'Coalesce([x], [y])', {}, null],
    ['IsNull is false for empty text', 'IsNull([e])', { e: '' }, false],
    ['IsNullOrEmpty is true for empty text', 'IsNullOrEmpty([e])', { e: '' }, true],
    ['IsPresent is false for an empty list', 'IsPresent([l])', { l: [] }, false],
    ['IsString is false for a number', 'IsString([n])', { n: 4 }, false],
  ])('%s', (_, text, attributes, expected) => {
    expect(valueOf(text, attributes)).toBe(expected);
  });

  it('can leave the attribute or the whole object alone, also from inside other functions', () => {
    expect(valueOf('IgnoreFlowIfNullOrEmpty([x])')).toBe('leave');
    expect(valueOf('ToUpper(IgnoreFlowIfNullOrEmpty([x]))', { x: '' })).toBe('leave');
    expect(valueOf('IgnoreFlowIfNullOrEmpty([x])', { x: 'a' })).toBe('a');
    expect(valueOf('IIF(IsNull([x]), IgnoreAttributeFlow, [x])')).toBe('leave');
    expect(valueOf('IIF(IsNull([x]), IgnoreObjectFlow, [x])')).toBe('skip-object');
  });
});

describe('functions on text', () => {
  it.each<[string, string, Attributes, unknown]>([
    ['Append takes null for empty', 'Append([x], "-end")', {}, '-end'],
    ['InStr counts from 1', 'InStr("banana", "an")', {}, 2],
    ['InStr starts where it is told', 'InStr("banana", "an", 3)', {}, 4],
    ['InStr gives 0 for what is not there', 'InStr("banana", "AN")', {}, 0],
    ['InStr can ignore case', 'InStr("banana", "AN", 1, vbTextCompare)', {}, 2],
    ['Left of nothing is empty', 'Left([x], 3)', {}, ''],
    ['Left of a negative count is all of it', 'Left("abc", -1)', {}, 'abc'],
    ['Left never cuts a character in half', 'Left("𠮷野", 1)', {}, '𠮷'],
    ['Mid counts from 1 and stops at the end', 'Mid("Lisboa", 4, 99)', {}, 'boa'],
    ['Mid from beyond the end is empty', 'Mid("L", 2, 5)', {}, ''],
    ['Mid from before the start begins at the start', 'Mid("Lisboa", 0, 3)', {}, 'Lis'],
    ['NormalizeDiacritics takes accents off', 'NormalizeDiacritics("Dvořáková Ångström")', {}, 'Dvorakova Angstrom'],
    [
      'NormalizeDiacritics spells out what has no plain letter',
      'NormalizeDiacritics("Weiß Kjærgaard Øystein Łukasz Þór")',
      {},
      'Weiss Kjaergaard OEystein Lukasz THor',
    ],
    ['NormalizeDiacritics leaves other scripts alone', 'NormalizeDiacritics("さくら が й")', {}, 'さくら が й'],
    ['PCase capitalises words, not what follows an apostrophe', 'PCase("MARIA o\'neill-costa")', {}, "Maria O'neill-Costa"],
    ['PCase with separators splits only at those', 'PCase("o\'neill costa", "\'")', {}, "O'Neill costa"],
    ['StripSpaces removes spaces and no other white space', 'StripSpaces("a b\tc ")', {}, 'ab\tc'],
    ['ToUpper is not Turkish unless told', 'ToUpper("ilha")', {}, 'ILHA'],
    ['ToUpper takes a culture', 'ToUpper("ilha", "tr-TR")', {}, 'İLHA'],
    ['ToLower of null is null', 'ToLower([x])', {}, null],
    ['Word splits at any of the delimiters', 'Word("um;dois, tres", 2, ";, ")', {}, 'dois'],
    ['Word beyond the last is empty', 'Word("um dois", 3, " ")', {}, ''],
    ['CStr of true is True', 'CStr([b])', { b: true }, 'True'],
    ['Redact hands the value on', 'Redact([x])', { x: 'v' }, 'v'],
    ['ConvertToBase64 encodes UTF-16', 'ConvertToBase64("é1")', {}, '6QAxAA=='],
    ['ConvertToUTF8Hex encodes UTF-8', 'ConvertToUTF8Hex("é1")', {}, 'C3A931'],
    ['BitAnd is exact beyond 32 bits', 'BitAnd(8589934593, 8589934592)', {}, 8_589_934_592],
    ['DefaultDomain is what is configured', 'Append("a@", DefaultDomain())', {}, 'a@contoso.example'],
  ])('%s', (_, text, attributes, expected) => {
    expect(valueOf(text, attributes, { domain: 'contoso.example' })).toBe(expected);
  });

  it.each<[string, string, Attributes, unknown]>([
    ['every old value by the new', 'Replace([s], "a", , , "o", , )', { s: 'banana' }, 'bonono'],
    ['nothing where the case differs', 'Replace([s], "A", , , "o", , )', { s: 'banana' }, 'banana'],
    ['the old value within a template by the source', 'Replace([s], "%u%", , , , , "%u%@%u%.example")', { s: 'ana' }, 'ana@ana.example'],
    [
      'matches of a pattern, with named groups',
      String.raw`Replace([s], , "(?<n>\\d+)-(?<r>\\w+)", , "${'$'}{r}/${'$'}{n}", , )`,
      { s: '12-ab 3-c' },
      'ab/12 c/3',
    ],
    ['matches of a pattern, with numbered groups', 'Replace([s], , "(a)(x)?", , "<$1$2>", , )', { s: 'bab' }, 'b<a>b'],
    [
      'only a group of a match',
      'Replace([s], , "@(?<Domain>.*)", "Domain", "fabrikam.example", , )',
      { s: 'ana@contoso.example' },
      'ana@fabrikam.example',
    ],
    [
      'an absent source by a group of another attribute',
      String.raw`Replace([s], , "(?<d>\\d+)", "d", , [other], )`,
      { other: 'tel 912' },
      '912',
    ],
    [
      'nothing of a source that is there, where another attribute stands by',
      String.raw`Replace([s], , "(?<d>\\d+)", "d", , [other], )`,
      { s: 'x', other: '912' },
      'x',
    ],
    ['null by null', 'Replace([s], "a", , , "o", , )', {}, null],
  ])('Replace replaces %s', (_, text, attributes, expected) => {
    expect(valueOf(text, attributes)).toBe(expected);
  });

  it('say which function cannot take which value, and where', () => {
    expect(mistakeIn('Join("", Mid([s], "x", 2))', { s: 'abc' })).toEqual({
      kind: 'value',
      position: 9,
      message: 'Mid at character 10: "x" is not a whole number',
    });
    expect(mistakeIn('Replace([s], , "(", , "", , )', { s: 'abc' })?.message).toContain('not a regular expression');
    expect(mistakeIn('ToUpper("a", "not a culture")')?.message).toContain('is not a culture');
    expect(mistakeIn('ToUpper([l])', { l: ['a', 'b'] })?.message).toContain('several values');
    expect(mistakeIn('DefaultDomain()')?.message).toContain('no default domain');
  });
});

describe('functions on lists', () => {
  it.each<[string, string, Attributes, unknown]>([
    ['Count of a single value is one', 'Count([x])', { x: 'a' }, 1],
    ['Count of nothing is none', 'Count([x])', {}, 0],
    ['Item counts from 1', 'Item([l], 2)', { l: ['a', 'b'] }, 'b'],
    ['Item beyond the end is null', 'Item([l], 3)', { l: ['a', 'b'] }, null],
    ['Join skips what is empty and flattens lists', 'Join("; ", "x", [e], [n], [l])', { e: '', l: ['a', 'b'] }, 'x; a; b'],
    ['RemoveDuplicates keeps the first of each', 'RemoveDuplicates([l])', { l: ['b', 'a', 'b'] }, ['b', 'a']],
    ['Split trims its parts', 'Split("um ; dois", ";")', {}, ['um', 'dois']],
    ['Split of empty text is an empty list', 'Split([e], ";")', { e: '' }, []],
  ])('%s', (_, text, attributes, expected) => {
    expect(valueOf(text, attributes)).toEqual(expected);
  });

  it('refuse item 0 and a delimiter of two characters', () => {
    expect(mistakeIn('Item([l], 0)', { l: ['a'] })?.message).toContain('counts from 1');
    expect(mistakeIn('Split([l], "--")', { l: 'a' })?.message).toContain('one character');
  });
});

describe('what is random', () => {
  it('is a version 4 GUID', () => {
    expect(valueOf('Guid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is a string with as many characters of each kind as are asked for, and none that is to be avoided', () => {
    const text = String(valueOf('RandomString(40, 5, 4, 3, 2, "0O1l")'));
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    expect(text).toHaveLength(40);
    expect([count(/\d/g) >= 5, count(/[^A-Za-z0-9]/g) >= 4, count(/[A-Z]/g) >= 3, count(/[a-z]/g) >= 2, count(/[0O1l]/g)]).toEqual([
      true,
      true,
      true,
      true,
      0,
    ]);
  });

  it('repeats with the generator that it is given', () => {
    const draw = () => valueOf('RandomString(12, 2, 2, 2, 2)', {}, { random: (bound) => bound - 1 });
    expect(draw()).toBe(draw());
  });

  it('refuses a string of more than 256 characters, or too short for what is asked', () => {
    expect(mistakeIn('RandomString(257, 0, 0, 0, 0)')?.message).toContain('from 1 to 256');
    expect(mistakeIn('RandomString(3, 2, 2, 0, 0)')?.message).toContain('4 characters are asked for');
  });
});

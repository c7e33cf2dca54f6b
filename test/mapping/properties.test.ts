import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../shared/mapping/compile-expression.ts';
import { evaluate } from '../../shared/mapping/evaluate-expression.ts';
import { MappingError } from '../../shared/mapping/mapping-error.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const quoted = (value: string) => `"${value.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
const run = (expression: string, attributes: Readonly<Record<string, string>> = {}) =>
  evaluate(compileExpression(expression), { attributes: (name) => attributes[name] ?? null, now: 0 });

describe('whatever is written', () => {
  it('either compiles or is refused with a place inside the text, and nothing else happens', () => {
    const fragment = fc.constantFrom(
      'IIF(',
      'Join(',
      'Switch(',
      'CDate(',
      ')',
      ',',
      '"a"',
      '"',
      '[a]',
      '[',
      '=',
      '<>',
      '1',
      '-2',
      '&HF',
      '\\',
      'Now()',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
        (expression) => {
          try {
            compileExpression(expression);
          } catch (error) {
            if (!(error instanceof MappingError)) throw error;
            expect(error.position).toBeGreaterThanOrEqual(0);
            expect(error.position).toBeLessThanOrEqual(expression.length);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is kept exactly by a text in quotation marks', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(run(quoted(value))).toEqual({ is: 'value', value });
      }),
    );
  });

  it('is cut in two by Left and Mid and joined again', () => {
    fc.assert(
      fc.property(
        text.filter((value) => value !== ''),
        fc.nat(35),
        (value, at) => {
          expect(run(`Append(Left([v], ${at}), Mid([v], ${at + 1}, 99))`, { v: value })).toEqual({ is: 'value', value });
        },
      ),
    );
  });

  it('is split and joined again where no part needs trimming', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (parts) => {
        expect(run('Join(";", Split([v], ";"))', { v: parts.join(';') })).toEqual({ is: 'value', value: parts.join(';') });
      }),
    );
  });

  it('is a date that DateDiff finds as many days away as DateAdd moved it', () => {
    const date = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((one) => one.toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(run(`DateDiff("d", CDate([d]), DateAdd("d", ${count}, CDate([d])))`, { d: day })).toEqual({ is: 'value', value: count });
      }),
    );
  });

  it('gives a condition one of two answers, never both nor neither', () => {
    const operand = fc.constantFrom('[a]', '"x"', '""', '3', '"10"', '[b]');
    fc.assert(
      fc.property(operand, operand, fc.option(text, { nil: undefined }), (left, right, a) => {
        const attributes = a === undefined ? {} : { a };
        const [equal, different] = [run(`CBool(${left} = ${right})`, attributes), run(`CBool(${left} <> ${right})`, attributes)];
        expect(equal).not.toEqual(different);
      }),
    );
  });
});

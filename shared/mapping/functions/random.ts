import { integerOf, textOf } from '../values/coerce.ts';
import { ValueProblem } from '../values/value-problem.ts';
import type { Argument, EvaluationContext, MappingFunction } from './mapping-function.ts';

const digits = '0123456789';
const specials = '!@#$%^&*()-_=+[]{};:,.?';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const small = capitals.toLowerCase();
const longest = 256;

/**
 * Guid (RFC 9562, version 4) and RandomString(length, digits, specials, capitals, small letters, [avoid]), at most 256 characters. Nothing here is
 * checked for uniqueness: names that have to be unique are given by name schemes.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#randomstring
 */
export const randomFunctions: Readonly<Record<string, MappingFunction>> = {
  Guid: { least: 0, most: 0, apply: (_, context) => guid(context) },
  RandomString: { least: 5, most: 6, apply: (values, context) => randomString(values, context) },
};

function guid({ random }: EvaluationContext): string {
  const template = 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx';
  return template.replace(/[xy]/g, (place) => (place === 'x' ? random(16) : 8 + random(4)).toString(16));
}

function randomString([length, ...rest]: readonly Argument[], context: EvaluationContext): string {
  const size = integerOf(length);
  const least = rest.slice(0, 4).map((count) => (count === undefined ? 0 : integerOf(count)));
  const avoid = textOf(rest[4]);
  const pools = [digits, specials, capitals, small].map((pool) => [...pool].filter((character) => !avoid.includes(character)));
  const fixed = least.reduce((sum, count) => sum + count, 0);
  if (size < 1 || size > longest || least.some((count) => count < 0))
    throw new ValueProblem(`the length has to be from 1 to ${longest}, and no count below 0`);
  if (fixed > size) throw new ValueProblem(`${fixed} characters are asked for, but the length is ${size}`);
  const wanted = pools.flatMap((pool, index) => Array.from({ length: least[index] ?? 0 }, () => pick(pool, context)));
  const free = Array.from({ length: size - fixed }, () => pick(pools.flat(), context));
  return shuffle([...wanted, ...free], context).join('');
}

function pick(pool: readonly string[], { random }: EvaluationContext): string {
  if (pool.length === 0) throw new ValueProblem('every character of a kind that is asked for is to be avoided');
  return pool[random(pool.length)] ?? '';
}

// Fisher and Yates, by taking one of those that are left.
function shuffle(characters: readonly string[], { random }: EvaluationContext): readonly string[] {
  const left = [...characters];
  return characters.map(() => left.splice(random(left.length), 1)[0] ?? '');
}

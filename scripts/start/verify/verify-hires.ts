import { fullName } from '../full-name.ts';
import type { NewHire } from '../sample-hires.ts';
import { checkHr } from './check-hr.ts';
import { type Before, checkMail } from './check-mail.ts';
import { checkOpen } from './check-open.ts';
import { checkPass } from './check-pass.ts';
import { type Expectation, expectationOf, type Finding } from './expected.ts';
import type { World } from './read-world.ts';
import type { Verdict } from './verdict.ts';

/** Compares what the simulated systems hold with what the day's hires are to have. Nothing of the product is asked. */
export function verifyHires(hires: readonly NewHire[], world: World, before: Before): readonly Verdict[] {
  const all = hires.map((hire) => ({ name: fullName(hire), expected: expectationOf(hire, world) }));
  const expectations = all.map(({ expected }) => expected);
  return all.map(({ name, expected }) => ({ name, findings: findingsOf(expected, expectations, world, before) }));
}

function findingsOf(expected: Expectation, all: readonly Expectation[], world: World, before: Before): readonly Finding[] {
  return [
    ...checkOpen(expected, world),
    ...checkPass(expected, world),
    ...checkMail(expected, all, world, before),
    ...checkHr(expected, world),
  ];
}

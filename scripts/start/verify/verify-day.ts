import { nameOf, type NewHire } from '../sample-hires.ts';
import { checkDirectory } from './check-directory.ts';
import { checkEntra } from './check-entra.ts';
import { checkHr } from './check-hr.ts';
import { type Before, checkMail } from './check-mail.ts';
import { checkOci } from './check-oci.ts';
import { checkPass } from './check-pass.ts';
import { type Expectation, expectationOf, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** What was found for one hire: nothing is wrong where `findings` is empty. */
export type Verdict = { readonly name: string; readonly findings: readonly Finding[] };

/** Compares what the simulated systems hold with what the day's hires are to have. Nothing of the product is asked. */
export function verifyDay(hires: readonly NewHire[], world: World, before: Before): readonly Verdict[] {
  const all = hires.map((hire) => expectationOf(hire, world));
  return all.map((expected) => ({ name: nameOf(expected.hire), findings: findingsOf(expected, all, world, before) }));
}

function findingsOf(expected: Expectation, all: readonly Expectation[], world: World, before: Before): readonly Finding[] {
  return [
    ...checkDirectory(expected, world),
    ...checkEntra(expected, world),
    ...checkOci(expected, world),
    ...checkPass(expected, world),
    ...checkMail(expected, all, world, before),
    ...checkHr(expected, world),
  ];
}

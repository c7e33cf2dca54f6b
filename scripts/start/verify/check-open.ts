import { checkDirectory } from './check-directory.ts';
import { checkEntra } from './check-entra.ts';
import { checkOci } from './check-oci.ts';
import type { Expectation, Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** The person's accounts are there as expected, in all systems. */
export function checkOpen(expected: Expectation, world: World): readonly Finding[] {
  return [...checkDirectory(expected, world), ...checkEntra(expected, world), ...checkOci(expected, world)];
}

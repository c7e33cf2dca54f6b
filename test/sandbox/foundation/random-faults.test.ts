import { describe, expect, it } from 'vitest';
import { randomFaults } from '../../../sandbox/foundation/random-faults.ts';
import type { SystemName } from '../../../sandbox/foundation/world.ts';

const operations: readonly (readonly [SystemName, string])[] = [
  ['graph', 'users.get'],
  ['oci', 'scim.getUser'],
  ['directory', 'ldap.search'],
];
const calls = 2000;

function strike(seed: number, order: readonly (readonly [SystemName, string])[]): ReadonlyMap<string, readonly string[]> {
  const faults = randomFaults({ percent: 5, seed });
  const met = new Map<string, string[]>();
  for (let call = 0; call < calls; call += 1)
    for (const [system, operation] of order)
      met.set(operation, [...(met.get(operation) ?? []), JSON.stringify(faults.take(system, operation) ?? null)]);
  return met;
}

describe('faults at random', () => {
  it('strike about as many calls as they are told to', () => {
    const faults = randomFaults({ percent: 5, seed: 7 });
    for (let call = 0; call < calls; call += 1) faults.take('graph', 'users.get');
    const struck = Object.values(faults.struck()).reduce((sum, count) => sum + count, 0);
    expect(struck).toBeGreaterThan(calls * 0.03);
    expect(struck).toBeLessThan(calls * 0.07);
  });

  it('strike the same calls of an operation under the same seed, whatever else is called in between', () => {
    const [one, other] = [strike(7, operations), strike(7, operations.toReversed())];
    for (const [, operation] of operations) expect(other.get(operation)).toEqual(one.get(operation));
    expect(strike(8, operations).get('users.get')).not.toEqual(one.get('users.get'));
  });

  it('spare the systems that are not named', () => {
    const faults = randomFaults({ percent: 100, seed: 7, systems: ['oci'] });
    expect(faults.take('graph', 'users.get')).toBeUndefined();
    expect(faults.take('oci', 'scim.getUser')).toBeDefined();
  });
});

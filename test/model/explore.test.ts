import { describe, expect, it } from 'vitest';
import { explore, type System } from './explore.ts';

type Light = 'off' | 'on' | 'broken' | 'dropped';

/** A light that is switched on and off, and that may be dropped. */
function light(changed: Partial<System<Light>>): System<Light> {
  const ways: Readonly<Record<Light, readonly Light[]>> = { off: ['on'], on: ['off', 'dropped'], dropped: [], broken: [] };
  return {
    start: 'off',
    key: (state) => state,
    moves: (state) => ways[state].map((next) => ({ label: `${state} → ${next}`, next })),
    broken: () => [],
    isGoodEnd: () => true,
    ...changed,
  };
}

describe('The exploration', () => {
  it('visits every state once, and counts each move', () => {
    expect(explore(light({}), 10)).toEqual({ states: 3, moves: 3, goodEnds: 3, finding: null, trace: [] });
  });

  it('answers the shortest way to a broken law', () => {
    const found = explore(light({ broken: (state) => (state === 'dropped' ? ['keep it whole'] : []) }), 10);
    expect(found).toMatchObject({ finding: { is: 'broken', law: 'keep it whole' }, trace: ['off → on', 'on → dropped'] });
  });

  it('finds a state from which no good end can be reached, an end or not', () => {
    expect(explore(light({ isGoodEnd: (state) => state === 'off' }), 10)).toMatchObject({
      finding: { is: 'stuck' },
      trace: ['off → on', 'on → dropped'],
    });
    const round = light({
      isGoodEnd: (state) => state === 'dropped',
      moves: (state) => [{ label: 'switch', next: state === 'off' ? 'on' : 'off' }],
    });
    expect(explore(round, 10)).toMatchObject({ finding: { is: 'stuck' }, trace: [] });
  });

  it('refuses a model without bounds', () => {
    const endless: System<number> = {
      start: 0,
      key: String,
      moves: (state) => [{ label: '+', next: state + 1 }],
      broken: () => [],
      isGoodEnd: () => false,
    };
    expect(() => explore(endless, 100)).toThrow('not bounded');
  });
});

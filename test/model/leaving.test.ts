import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { leaving, type LeavingFault } from './leaving.ts';

const orders = [
  ['join', 'leave'],
  ['leave', 'join'],
] as const;

describe('Somebody who is hired and leaves at once', () => {
  it.each(orders)('%s, then %s: ends closed and with nothing left, through every interleaving and every death', (...order) => {
    const found = explore(leaving(order), 100_000);
    expect(found.finding, found.trace.join('\n')).toBeNull();
    expect(found.goodEnds).toBeGreaterThan(0);
  });

  const planted: readonly (readonly [LeavingFault, string])[] = [
    ['older runs go on unlooked for', 'closed is only said of what is closed'],
    ['the epoch is not checked', 'stuck'],
    ['taking away does not wait', 'what is taken away waits until access is closed'],
  ];

  it.each(planted)('is not safe when %s', (fault, expected) => {
    const found = explore(leaving(['join', 'leave'], [fault]), 100_000);
    expect(found.finding?.is === 'broken' ? found.finding.law : found.finding?.is, found.trace.join('\n')).toBe(expected);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberHeap } from '../../../../host/servicebus/broker/number-heap.ts';

test('whatever is added comes out smallest first, however additions and removals alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: 'take' as const })), (steps) => {
      const heap = new NumberHeap();
      const expected: number[] = [];
      for (const step of steps) {
        if (step === 'take') {
          expected.sort((a, b) => a - b);
          expect(heap.take()).toBe(expected.shift());
        } else {
          heap.add(step);
          expected.push(step);
        }
      }
    }),
  );
});

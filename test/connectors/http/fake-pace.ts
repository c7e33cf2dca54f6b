import type { Pace } from '../../../shared/connectors/http/pace.ts';

/** Time that passes only in waits, at once, and remembers how long they were. */
export function createFakePace(): Pace & { readonly waits: readonly number[]; pass(ms: number): void } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    wait: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

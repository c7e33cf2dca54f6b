import type { Random } from '../../support/campaign-random.ts';

/** What must have come of an instance. Effects are the lines that its activities write, each at least once. */
export type Prediction = { readonly output: unknown; readonly effects: readonly string[]; readonly children: readonly string[] };

/** A kind of orchestration in the load: its input, and what it comes to. The model does not share a line with the app or the host. */
export type Kind = {
  readonly name: string;
  readonly input: (random: Random) => readonly number[] | { readonly left: number; readonly sum: number };
  readonly predict: (id: string, input: never) => Prediction;
};

type Numbers = readonly number[];
const numbers = (random: Random, count: number): Numbers => Array.from({ length: count }, () => random.below(1000));
const total = (input: Numbers): number => input.reduce((sum, one) => sum + one, 0);
const keys = (id: string, count: number): readonly string[] => Array.from({ length: count }, (_, step) => `${id} ${step}`);

/** The orchestrations that a message or a client starts and that end by themselves. One more kind is one more entry. */
export const kinds: readonly Kind[] = [
  {
    name: 'chain',
    input: (random) => numbers(random, 1 + random.below(4)),
    predict: (id, input: Numbers) => ({ output: total(input), effects: keys(id, input.length), children: [] }),
  },
  {
    name: 'fan',
    input: (random) => numbers(random, 2 + random.below(6)),
    predict: (id, input: Numbers) => ({ output: total(input), effects: keys(id, input.length), children: [] }),
  },
  {
    name: 'retry',
    input: () => [],
    predict: (id) => ({ output: `${id} 0`, effects: keys(id, 1), children: [] }),
  },
  {
    name: 'family',
    input: (random) => numbers(random, 2),
    predict: (id, [first = 0, second = 0]: Numbers) => ({
      output: [first + 1, second, second + 100],
      effects: [...keys(`${id}-named`, 2), ...keys(`${id}-one`, 1), `${id} unnamed`],
      children: [`${id}-named`, `${id}-one`],
    }),
  },
  {
    name: 'timer',
    input: (random) => [random.below(300), random.below(1000)],
    predict: (id, [, by = 0]: Numbers) => ({ output: 2 * by, effects: keys(id, 2), children: [] }),
  },
  {
    // Each operation counts once in its entity, however often the host dies.
    name: 'tallied',
    input: (random) => numbers(random, 1 + random.below(4)),
    predict: (_, input: Numbers) => ({ output: total(input), effects: [], children: [] }),
  },
  {
    name: 'rounds',
    input: (random) => ({ left: 1 + random.below(5), sum: 0 }),
    predict: (id, { left }: { left: number }) => ({
      output: (left * (left + 1)) / 2,
      effects: Array.from({ length: left }, (_, round) => `${id} ${round + 1}`),
      children: [],
    }),
  },
];

/** What comes of a kind's instance. */
export function predictionOf(kind: string, id: string, input: unknown): Prediction {
  const found = kinds.find(({ name }) => name === kind);
  if (found === undefined) throw new Error(`There is no kind "${kind}".`);
  return found.predict(id, input as never);
}

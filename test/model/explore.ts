/** A system to explore: where it begins, what may happen next, which states break a law, and which are a good end. */
export type System<S> = {
  readonly start: S;
  /** The same for states that are the same. */
  key(state: S): string;
  moves(state: S): readonly { readonly label: string; readonly next: S }[];
  broken(state: S): readonly string[];
  isGoodEnd(state: S): boolean;
};

/** What the exploration found. `trace` is a shortest way to the first broken law, or to a state from which no good end can be reached any more. */
export type Exploration = {
  readonly states: number;
  readonly moves: number;
  readonly goodEnds: number;
  readonly finding: { readonly is: 'broken'; readonly law: string } | { readonly is: 'stuck' } | null;
  readonly trace: readonly string[];
};

type Found = {
  readonly parents: number[];
  readonly labels: string[];
  readonly from: number[];
  readonly to: number[];
  readonly good: number[];
};

/**
 * Visits every reachable state, breadth first. Stops at the first that breaks a law. Otherwise works back from the good ends: a state that reaches none is
 * stuck, a state without a next move that is no good end among them. Throws beyond `limit` states, so that an unbounded model is noticed.
 */
export function explore<S>(system: System<S>, limit: number): Exploration {
  const found: Found = { parents: [-1], labels: [''], from: [], to: [], good: [] };
  const numbers = new Map([[system.key(system.start), 0]]);
  let level: readonly S[] = [system.start];
  // A state is let go once it was visited; its number stays.
  for (let number = 0; level.length > 0;) {
    const next: S[] = [];
    for (const state of level) {
      const [law] = system.broken(state);
      if (law !== undefined) return report(found, numbers.size, { is: 'broken', law }, number);
      if (system.isGoodEnd(state)) found.good.push(number);
      next.push(...visit(system, state, { found, numbers, number }));
      number += 1;
    }
    if (numbers.size > limit) throw new Error(`More than ${limit} states: the model is not bounded as it should be.`);
    level = next;
  }
  const stuck = firstStuck(found);
  return stuck === -1 ? report(found, numbers.size, null, 0) : report(found, numbers.size, { is: 'stuck' }, stuck);
}

type Visit = { readonly found: Found; readonly numbers: Map<string, number>; readonly number: number };

/** Notes every move from a state, and answers the states that nobody has seen before. */
function visit<S>(system: System<S>, state: S, { found, numbers, number }: Visit): readonly S[] {
  const unseen: S[] = [];
  for (const { label, next } of system.moves(state)) {
    const to = numberOf(system.key(next), numbers);
    if (to === found.parents.length) {
      found.parents.push(number);
      found.labels.push(label);
      unseen.push(next);
    }
    found.from.push(number);
    found.to.push(to);
  }
  return unseen;
}

function numberOf(key: string, numbers: Map<string, number>): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(key, number);
  return number;
}

function report(found: Found, states: number, finding: Exploration['finding'], at: number): Exploration {
  const trace: string[] = [];
  for (let number = at; number > 0; number = found.parents[number] ?? 0) trace.unshift(found.labels[number] ?? '');
  return { states, moves: found.from.length, goodEnds: found.good.length, finding, trace: finding === null ? [] : trace };
}

/** The first state, nearest the start, from which no good end can be reached; -1 where there is none. */
function firstStuck({ parents, from, to, good }: Found): number {
  const states = parents.length;
  const { first, edges } = incoming(states, from, to);
  const reaches = new Uint8Array(states);
  const waiting = [...good];
  for (const number of good) reaches[number] = 1;
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    for (let at = first[number] ?? 0; at < (first[number + 1] ?? 0); at += 1) {
      const before = edges[at] ?? 0;
      if (reaches[before] === 1) continue;
      reaches[before] = 1;
      waiting.push(before);
    }
  }
  return reaches.indexOf(0);
}

/** The moves by the state that they lead to, packed: those of state n stand from first[n] to first[n + 1]. */
function incoming(
  states: number,
  from: readonly number[],
  to: readonly number[],
): { readonly first: Int32Array; readonly edges: Int32Array } {
  const first = new Int32Array(states + 1);
  for (const number of to) first[number + 1] = (first[number + 1] ?? 0) + 1;
  for (let number = 0; number < states; number += 1) first[number + 1] = (first[number + 1] ?? 0) + (first[number] ?? 0);
  const next = first.slice();
  const edges = new Int32Array(from.length);
  for (const [index, number] of to.entries()) {
    const at = next[number] ?? 0;
    edges[at] = from[index] ?? 0;
    next[number] = at + 1;
  }
  return { first, edges };
}

import type { QuotaCost } from '../../domain/quota.ts';

/** Two costs together, the second so many times. */
export function plus(one: QuotaCost, other: QuotaCost, times = 1): QuotaCost {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + times * (other[name] ?? 0)]));
}

/** A cost with each amount changed. */
export function mapCost(cost: QuotaCost, change: (amount: number, name: string) => number): QuotaCost {
  return Object.fromEntries(Object.entries(cost).map(([name, amount]) => [name, change(amount, name)]));
}

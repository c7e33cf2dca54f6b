/** How far Gatehouse goes with a source, target or workflow: it only looks, it shows what it would do, or it does it. */
export type Mode = 'observe' | 'plan' | 'enforce';

const order: readonly Mode[] = ['observe', 'plan', 'enforce'];

/** Whether `one` goes further than `other`. */
export function goesFurther(one: Mode, other: Mode): boolean {
  return order.indexOf(one) > order.indexOf(other);
}

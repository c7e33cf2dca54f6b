import { GatehouseError } from '../../errors.ts';

/** Lets one in at a time: those marked `first` before those marked `normal`, each in the order they came. The promise gives the way out. */
export type WaitingLine = { enter(place: 'first' | 'normal'): Promise<() => void> };

/** A line that refuses more than `limit` waiting with `store-unavailable`. */
export function waitingLine(limit: number): WaitingLine {
  const first: (() => void)[] = [];
  const normal: (() => void)[] = [];
  let taken = false;
  const leave = () => {
    const next = first.shift() ?? normal.shift();
    if (next === undefined) taken = false;
    else next();
  };
  return {
    async enter(place) {
      if (first.length + normal.length >= limit)
        throw new GatehouseError('store-unavailable', 'The registry has too many requests waiting. Try again later.');
      if (taken) await new Promise<void>((resolve) => (place === 'first' ? first : normal).push(resolve));
      taken = true;
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}

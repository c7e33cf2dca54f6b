import { vi } from 'vitest';

/** Does the work while everything that would answer otherwise at each replay throws: the wall clock and chance. A date that is given its time stays good. */
export async function poisoned<T>(work: () => Promise<T>): Promise<T> {
  const forbidden = (what: string) => (): never => {
    throw new Error(`${what} has no place in an orchestrator.`);
  };
  const RealDate = Date;
  const poisonedDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      args.length === 0 ? forbidden('The time of day')() : Reflect.construct(target, args, newTarget),
    apply: forbidden('The time of day'),
    get: (target, name) => (name === 'now' ? forbidden('Date.now') : Reflect.get(target, name)),
  });
  const chance = vi.spyOn(Math, 'random').mockImplementation(forbidden('Chance'));
  const ids = vi.spyOn(crypto, 'randomUUID').mockImplementation(forbidden('A random id'));
  vi.stubGlobal('Date', poisonedDate);
  try {
    return await work();
  } finally {
    vi.unstubAllGlobals();
    chance.mockRestore();
    ids.mockRestore();
  }
}

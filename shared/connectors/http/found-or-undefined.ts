import { GatehouseError } from '../../errors.ts';

/** Turns `target-not-found` into undefined; every other error passes. */
export async function foundOrUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'target-not-found') return undefined;
    throw error;
  }
}

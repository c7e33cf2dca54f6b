import { GatehouseError } from '../../errors.ts';

/** What a look shows; `otherwise` where it fails, for a look into a refusal that stands whatever comes of it. */
export async function lookOr<T>(looking: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof GatehouseError) return otherwise;
    throw error;
  }
}

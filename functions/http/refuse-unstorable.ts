import type { HttpRequest } from '@azure/functions';
import { unstorableText } from '../../shared/domain/unstorable-text.ts';
import { GatehouseError } from '../../shared/errors.ts';

/** Throws `input-invalid`, with the name of the field, where the path or the query asks for a text that no database can hold: nothing is known by it. */
export function refuseUnstorable({ params, query }: HttpRequest): void {
  const [first] = unstorableText({ ...params, ...Object.fromEntries(query) });
  if (first !== undefined) throw new GatehouseError('input-invalid', `${first.field} ${first.problem}.`);
}

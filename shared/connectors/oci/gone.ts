import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { scimSchemas } from './scim-schemas.ts';
import { equalsFilter } from './search-users.ts';

const found = z.object({ totalResults: z.number() });

/** What is read, or undefined where it is gone: a 404 alone does not say so. Every other error passes. */
export async function foundOrGone<T>(
  api: Api,
  object: { readonly in: 'Users' | 'Groups'; readonly id: string },
  reading: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code !== 'target-not-found') throw error;
    if (await isGone(api, object, signal)) return undefined;
    const message = `OCI IAM answers 404 to ${object.in}/${object.id}, but its search shows it: not taken for gone. ${error.message}`;
    throw new GatehouseError('not-verified', message, { cause: error });
  }
}

/**
 * Whether the domain's search, asked for the id, answers that there is none. An endpoint that is not there, such as behind a wrong address, answers 404 to everything; the search tells the two apart. Throws
 * `not-verified` where it answers 404 itself.
 */
export async function isGone(
  api: Api,
  object: { readonly in: 'Users' | 'Groups'; readonly id: string },
  signal: AbortSignal,
): Promise<boolean> {
  const body = { schemas: [scimSchemas.search], filter: equalsFilter('id', object.id), attributes: ['id'], startIndex: 1, count: 1 };
  try {
    const reply = await api.read({ method: 'POST', path: `/${object.in}/.search`, body }, signal);
    return parseReply(api.system, reply, found).totalResults === 0;
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code !== 'target-not-found') throw error;
    const message = `OCI IAM answers 404 to ${object.in}/${object.id} and to its search: the endpoint is not there, so nothing is taken for gone. Check GATEHOUSE_OCI_URL.`;
    throw new GatehouseError('not-verified', message, { cause: error });
  }
}

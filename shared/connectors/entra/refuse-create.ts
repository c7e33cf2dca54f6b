import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { Api, WriteResult } from '../http/api.ts';
import { findHolders } from './find-holders.ts';

type Refused = Extract<WriteResult, { readonly is: 'refused' }>;

const conflict = z.object({
  error: z.object({ details: z.array(z.object({ code: z.string().nullish(), target: z.string().nullish() })).nullish() }),
});
const names = ['userPrincipalName', 'mail', 'mailNickname'] as const;

/**
 * Says which name was taken when Graph refused to create a user. Graph names it in `details` with the code `ObjectConflict`; where it does not, the names are
 * looked up. A conflict over `proxyAddresses` is one over the address that we asked for.
 */
export async function refuseCreate(api: Api, result: Refused, after: Attributes, signal: AbortSignal): Promise<Answer> {
  const details = conflict.safeParse(result.body).data?.error.details ?? [];
  const target = details.find(({ code }) => code === 'ObjectConflict')?.target;
  const named = names.find((name) => name === target) ?? (target === 'proxyAddresses' ? addressIn(after) : undefined);
  const mayBeTaken = result.status === 400 || result.status === 409;
  const nameTaken = named ?? (mayBeTaken ? await lookUp(api, after, signal) : undefined);
  return { is: 'refused', problem: result.problem, ...(nameTaken === undefined ? {} : { nameTaken }) };
}

function addressIn(after: Attributes): string {
  return typeof after['mail'] === 'string' ? 'mail' : 'userPrincipalName';
}

async function lookUp(api: Api, after: Attributes, signal: AbortSignal): Promise<string | undefined> {
  const value = after['userPrincipalName'];
  if (typeof value !== 'string') return undefined;
  try {
    const holders = await findHolders(api, 'userPrincipalName', value, signal);
    return holders.length > 0 ? 'userPrincipalName' : undefined;
  } catch (error) {
    // The refusal stands whatever the look-up says.
    if (error instanceof GatehouseError) return undefined;
    throw error;
  }
}

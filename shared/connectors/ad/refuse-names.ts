import type { Attributes } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { LdapOutcome } from './ldap-outcome.ts';

type Refused = Extract<LdapOutcome, { readonly is: 'refused' }>;

// constraintViolation, unwillingToPerform and entryAlreadyExists: with these a name that is taken is refused, and other things too.
const mayBeTaken = new Set([19, 53, 68]);

/**
 * Says which name was taken when the directory refused to write one. The code does not tell (servers differ), so each name is looked up; `except` is the account itself. Where no
 * name is held and the code is 68, the container has an object whose name is the same to the directory, accents and case aside.
 */
export async function refuseNames(
  reader: AccountReader,
  result: Refused,
  names: { readonly after: Attributes; readonly except?: string },
  signal: AbortSignal,
): Promise<Answer> {
  const nameTaken = mayBeTaken.has(result.code) ? await lookUp(reader, result.code, names, signal) : undefined;
  return { is: 'refused', problem: result.problem, ...(nameTaken === undefined ? {} : { nameTaken }) };
}

async function lookUp(
  reader: AccountReader,
  code: number,
  names: { readonly after: Attributes; readonly except?: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    for (const name of ['sAMAccountName', 'userPrincipalName']) {
      const value = names.after[name];
      if (typeof value !== 'string') continue;
      const holders = await reader.holdersOf(name, value, signal);
      if (holders.some((holder) => holder !== names.except)) return name;
    }
  } catch (error) {
    // The refusal stands whatever the look-up says.
    if (!(error instanceof GatehouseError)) throw error;
  }
  return code === 68 && typeof names.after['cn'] === 'string' ? 'cn' : undefined;
}

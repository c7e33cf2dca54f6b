import { units } from '../../../../sandbox/directory/domain.ts';
import type { AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import { creating } from '../../../contracts/changes.ts';
import { idOf, required } from '../../../contracts/expected.ts';

/** Makes an account whose name has to be escaped wherever it stands, and answers its id. */
export async function aMember(target: AdTarget, signal: AbortSignal): Promise<string> {
  const attributes = { cn: "Mem\\Ber, O'Hara #1", ou: `OU=PT,${units.people}`, sAMAccountName: 'member.one', enabled: false };
  return idOf(await required(target.writes.accounts).create(creating(attributes), signal));
}

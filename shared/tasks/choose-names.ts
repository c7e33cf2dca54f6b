import type { NameClaim } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { Subject } from '../domain/subject.ts';
import { need, type Sight, type WantedName } from './task.ts';

/** Chooses each wanted name: the person's own reservation where it still serves, else the first that nobody has in the registry or in a target. */
export async function chooseNames(wanted: readonly WantedName[], subject: Subject, sight: Sight): Promise<readonly NameClaim[]> {
  const claims: NameClaim[] = [];
  for (const name of wanted) claims.push(await chooseName(name, subject, sight));
  return claims;
}

async function chooseName(wanted: WantedName, subject: Subject, sight: Sight): Promise<NameClaim> {
  const own = subject.names.filter((name) => name.scope === wanted.scope);
  for (const candidate of [...own, ...wanted.candidates()]) {
    const claim = { scope: wanted.scope, attribute: wanted.attribute, value: candidate.value, folded: candidate.folded };
    if (await isFree(claim, wanted, subject, sight)) return claim;
  }
  throw new GatehouseError(
    'names-exhausted',
    `Every ${wanted.attribute} that the mapping offers for ${subject.displayName} is taken in ${wanted.scope}.`,
  );
}

async function isFree(claim: NameClaim, wanted: WantedName, subject: Subject, sight: Sight): Promise<boolean> {
  const holder = await sight.holderOf(claim.scope, claim.folded);
  if (holder !== undefined && holder !== subject.personId) return false;
  for (const target of wanted.checkedIn) {
    const bearers = await need(sight, target, 'accounts').holdersOf(claim.attribute, claim.value, sight.signal);
    for (const bearer of bearers) {
      if (!(await isOwn(target, bearer, subject, sight))) return false;
    }
  }
  return true;
}

/** The person's own account bears its own name, whether it is linked already or an earlier create has just come off. */
async function isOwn(target: string, bearer: string, subject: Subject, sight: Sight): Promise<boolean> {
  if ((await sight.ownerOf(target, bearer)) === subject.personId) return true;
  const found = await need(sight, target, 'accounts').byId(bearer, sight.signal);
  return found?.employeeId === subject.worker.workerId;
}

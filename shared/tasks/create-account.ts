import { z } from 'zod';
import { primaryLink, type Subject } from '../domain/subject.ts';
import type { Attributes, Plan } from '../domain/change.ts';
import { adoptCandidate } from './adopt-candidate.ts';
import { chooseNames } from './choose-names.ts';
import { keepUpToDate } from './keep-up-to-date.ts';
import { missingAccount } from './missing-account.ts';
import { changes, hold } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Sees to one account of the person in a target, disabled until their day: linked, else adopted, else created. */
export const createAccount: Task<z.infer<typeof input>> = {
  id: 'create-account',
  does: 'sees to one account in the target, disabled until the first day',
  input,
  async plan({ target }, subject, sight) {
    const accounts = need(sight, target, 'accounts');
    const link = primaryLink(subject.links, target);
    if (link !== undefined) {
      const found = await accounts.byId(link.nativeId, sight.signal);
      if (found === undefined) return missingAccount(link, sight);
      return keepUpToDate(found, target, subject, sight);
    }
    const candidates = await accounts.byEmployeeId(subject.worker.workerId, sight.signal);
    const [candidate, second] = candidates;
    if (second !== undefined)
      return hold('several-candidates', `${candidates.length} accounts in ${target} carry the employee id ${subject.worker.workerId}.`);
    if (candidate !== undefined) return adoptCandidate(candidate, 'adopted', { target, subject, sight });
    return create(target, subject, sight);
  },
};

async function create(target: string, subject: Subject, sight: Sight): Promise<Plan> {
  const blueprint = sight.blueprint(target);
  const names = await chooseNames(blueprint.names, subject, sight);
  const { always, create: once } = blueprint.attributes(names);
  const manager = managerOf(target, subject);
  const after: Attributes = { ...always, ...once, ...manager.attribute, ...passwordFor(target, sight), enabled: false };
  const aim = { target, person: subject.personId, kind: 'account', object: { accountIn: target }, effect: 'create' } as const;
  const cause = { reference: `hire:${subject.worker.hireDate}`, message: `${subject.displayName} starts on ${subject.worker.hireDate}.` };
  return changes([{ ...aim, cause, as: 'reach', do: 'create', after, names }], manager.skips);
}

/** People sign in to OCI through Entra: an account there has no password of its own. */
function passwordFor(target: string, sight: Sight): Attributes {
  return sight.target(target).kind === 'oci' ? {} : { initialPassword: { secret: 'initial-password' } };
}

function managerOf(target: string, subject: Subject): { readonly attribute: Attributes; readonly skips: Plan['skips'] } {
  if (subject.worker.managerId == null) return { attribute: {}, skips: [] };
  const link = subject.manager && primaryLink(subject.manager.links, target);
  if (link) return { attribute: { manager: { id: link.nativeId } }, skips: [] };
  const message = `The manager ${subject.worker.managerId} has no account in ${target} yet; they are joined when it appears.`;
  return { attribute: {}, skips: [{ target, object: 'manager', reason: { code: 'manager-unknown', message } }] };
}

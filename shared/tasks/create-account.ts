import { z } from 'zod';
import { primaryLink, type Subject } from '../domain/subject.ts';
import type { Attributes, Plan } from '../domain/change.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { adoptCandidate, type Candidacy } from './adopt-candidate.ts';
import { chooseNames } from './choose-names.ts';
import { keepUpToDate } from './keep-up-to-date.ts';
import { missingAccount } from './missing-account.ts';
import { changes, hold, waitFor } from './plans.ts';
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
    const match = matchIn(target, sight);
    if (match === undefined) {
      const found = await accounts.byEmployeeId(subject.worker.workerId, sight.signal);
      return adoptOrCreate(found, subject.worker.workerId, { target, subject, sight, by: 'employee id' });
    }
    const missing = Object.keys(match).filter((attribute) => typeof match[attribute] !== 'string');
    if (missing.length > 0) return waitFor(60_000, `waiting until the mapping of ${target} gives ${missing.join(', ')}`);
    for (const [attribute, value] of Object.entries(match)) {
      if (typeof value !== 'string') continue;
      const found = await accountsWith(target, attribute, value, sight);
      if (found.length > 0) return adoptOrCreate(found, value, { target, subject, sight, by: attribute });
    }
    return create(target, subject, sight);
  },
};

/** What an account that is there already would be known by, where that is not the employee id. */
function matchIn(target: string, sight: Sight): Attributes | undefined {
  const blueprint = sight.blueprint(target);
  if (blueprint.match === undefined) return undefined;
  const { always, create: once } = blueprint.attributes([]);
  return Object.fromEntries(blueprint.match.map((attribute) => [attribute, once[attribute] ?? always[attribute] ?? null]));
}

async function accountsWith(target: string, attribute: string, value: string, sight: Sight): Promise<readonly FoundAccount[]> {
  const accounts = need(sight, target, 'accounts');
  const ids = await accounts.holdersOf(attribute, value, sight.signal);
  const found = await Promise.all(ids.map((id) => accounts.byId(id, sight.signal)));
  return found.filter((account) => account !== undefined);
}

function adoptOrCreate(found: readonly FoundAccount[], value: string, where: Required<Candidacy>): Promise<Plan> {
  const [candidate, second] = found;
  if (second !== undefined)
    return Promise.resolve(hold('several-candidates', `${found.length} accounts in ${where.target} carry the ${where.by} ${value}.`));
  return candidate === undefined ? create(where.target, where.subject, where.sight) : adoptCandidate(candidate, 'adopted', where);
}

async function create(target: string, subject: Subject, sight: Sight): Promise<Plan> {
  const blueprint = sight.blueprint(target);
  const names = await chooseNames(blueprint.names, subject, sight);
  const { always, create: once } = blueprint.attributes(names);
  const manager = managerOf(target, subject, sight);
  const after: Attributes = { ...always, ...once, ...manager.attribute, ...passwordFor(target, sight), enabled: false };
  const match = matchIn(target, sight);
  const aim = { target, person: subject.personId, kind: 'account', object: { accountIn: target }, effect: 'create' } as const;
  const cause = { reference: `hire:${subject.worker.hireDate}`, message: `${subject.displayName} starts on ${subject.worker.hireDate}.` };
  return changes([{ ...aim, cause, as: 'reach', do: 'create', after, names, ...(match && { match }) }], manager.skips);
}

/** Where people sign in through another system, an account has no password of its own. */
function passwordFor(target: string, sight: Sight): Attributes {
  return sight.target(target).lacks?.includes('password') ? {} : { initialPassword: { secret: 'initial-password' } };
}

function managerOf(target: string, subject: Subject, sight: Sight): { readonly attribute: Attributes; readonly skips: Plan['skips'] } {
  if (subject.worker.managerId == null || sight.target(target).lacks?.includes('manager')) return { attribute: {}, skips: [] };
  const link = subject.manager && primaryLink(subject.manager.links, target);
  if (link) return { attribute: { manager: { id: link.nativeId } }, skips: [] };
  const message = `The manager ${subject.worker.managerId} has no account in ${target} yet; they are joined when it appears.`;
  return { attribute: {}, skips: [{ target, object: 'manager', reason: { code: 'manager-unknown', message } }] };
}

import { z } from 'zod';
import type { Change, Plan, Skip } from '../domain/change.ts';
import { primaryLink, type Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { differing } from './differing.ts';
import { keptAttributes } from './keep-up-to-date.ts';
import { missingAccount } from './missing-account.ts';
import { differingNames } from './name-differs.ts';
import { placeInOu } from './place-in-ou.ts';
import { changes, skip } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });
/** What an account calls somebody: where it changes, their sign-in name and address may not fit any more. */
const personal: ReadonlySet<string> = new Set(['givenName', 'sn', 'surname', 'name.givenName', 'name.familyName']);

/**
 * Gives the account the values that the mapping gives now, and moves it into its organisational unit, where it is mastered in the target. Names never drift: that they do not fit any
 * more is said, and `rename-account` is for it.
 */
export const updateAccount: Task<z.infer<typeof input>> = {
  id: 'update-account',
  does: 'gives the account the values and the place that the mapping gives now, its names aside',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'account', 'not-applicable', `There is no account in ${target}.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    if (found.masteredElsewhere)
      return skip(target, found.id, 'synced-object', 'The directory that masters the account carries its attributes.');
    return updated(target, found, subject, sight);
  },
};

/** What brings an account that is mastered in the target up to date. */
export async function updated(target: string, found: FoundAccount, subject: Subject, sight: Sight): Promise<Plan> {
  const difference = differing(keptAttributes(found, target, sight), found);
  const { ou } = sight.blueprint(target).attributes([]).create;
  const placing = typeof ou === 'string' ? await placeInOu(target, found, ou, { subject, sight }) : undefined;
  const aim = { target, person: subject.personId, kind: 'account', object: { id: found.id }, effect: 'attribute' } as const;
  const list: Change[] = [];
  if (difference !== undefined) {
    list.push({
      ...aim,
      cause: { reference: 'mapping', message: 'The mapping gives other values.' },
      as: 'reach',
      do: 'update',
      ...difference,
    });
  }
  if (placing !== undefined) {
    list.push({
      ...aim,
      cause: { reference: 'mapping', message: 'The mapping gives another place.' },
      as: 'reach',
      do: 'update',
      ...placing,
    });
  }
  const isRenamed = Object.keys(difference?.after ?? {}).some((name) => personal.has(name));
  return changes(list, isRenamed ? unfit(target, found, sight) : []);
}

function unfit(target: string, found: FoundAccount, sight: Sight): readonly Skip[] {
  const names = differingNames(sight.blueprint(target).names, sight.namesBorne(target, found.attributes));
  return names.map(({ attribute, value }) => ({
    target,
    object: found.id,
    reason: { code: 'moved-on', message: `The name differs: ${attribute} stays ${value}. Run the workflow rename to change it.` },
  }));
}

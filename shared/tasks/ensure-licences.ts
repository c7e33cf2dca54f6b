import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { primaryLink, type Subject } from '../domain/subject.ts';
import { changes, skip } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Sees that the person has every licence that the access rules give, directly or through a group. Takes none away. */
export const ensureLicences: Task<z.infer<typeof input>> = {
  id: 'ensure-licences',
  does: 'gives the licences that the access rules give',
  input,
  async plan({ target }, subject, sight) {
    const due = sight.entitlements(target).filter((entitlement) => entitlement.kind === 'licence');
    const link = primaryLink(subject.links, target);
    if (due.length === 0) return changes([]);
    if (link === undefined) return skip(target, 'licences', 'account-missing', `There is no account in ${target} to license.`);
    const licences = need(sight, target, 'licences');
    const has = new Set((await licences.licencesOf(link.nativeId, sight.signal)).map((licence) => licence.skuId));
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    const location = await usageLocation(target, link.nativeId, subject, sight);
    for (const entitlement of due.filter(({ object }) => !has.has(object))) {
      const seats = await licences.seatsLeft(entitlement.object, sight.signal);
      if (seats === undefined || seats < 1) {
        const message = seats === undefined ? `The tenant has no ${entitlement.name}.` : `No seat of ${entitlement.name} is left.`;
        skips.push({ target, object: entitlement.object, reason: { code: 'no-seats', message } });
        continue;
      }
      const cause = { reference: entitlement.rules.map((rule) => `rule:${rule}`).join(' '), message: entitlement.name };
      const aim = { target, person: subject.personId, kind: 'licence', object: { id: link.nativeId }, effect: 'grant', cause } as const;
      wanted.push({ ...aim, as: 'reach', do: 'link', relation: 'licence', other: { id: entitlement.object } });
    }
    return changes(wanted.length === 0 ? [] : [...location, ...wanted], skips);
  },
};

/** A licence is refused to somebody without a usage location; the cloud keeps it even of users that AD masters. */
async function usageLocation(target: string, account: string, subject: Subject, sight: Sight): Promise<readonly Change[]> {
  const found = await need(sight, target, 'accounts').byId(account, sight.signal);
  const { always } = sight.blueprint(target).attributes([]);
  const before = found?.attributes['usageLocation'] ?? null;
  const after = always['usageLocation'] ?? null;
  if (after === null || after === before) return [];
  const aim = { target, person: subject.personId, kind: 'account', object: { id: account }, effect: 'attribute' } as const;
  const cause = { reference: 'mapping', message: 'A licence needs a usage location.' };
  return [{ ...aim, cause, as: 'reach', do: 'update', before: { usageLocation: before }, after: { usageLocation: after } }];
}

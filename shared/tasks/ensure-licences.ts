import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { changes, hold } from './plans.ts';
import { need, type Task } from './task.ts';

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
    if (link === undefined) return hold('account-missing', `There is no account in ${target} to license.`);
    const licences = need(sight, target, 'licences');
    const has = new Set((await licences.licencesOf(link.nativeId, sight.signal)).map((licence) => licence.skuId));
    const wanted: Change[] = [];
    const skips: Skip[] = [];
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
    return changes(wanted, skips);
  },
};

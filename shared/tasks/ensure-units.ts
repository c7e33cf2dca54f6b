import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { granting } from './granting.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string(), units: z.array(z.string()).min(1), only: z.boolean().optional() });

/** A unit opens nothing to the person; it says who administers their account. */
const attribute = { kind: 'unit', relation: 'unit', effect: 'attribute' } as const;

/**
 * Sees that the account is in administrative units, so that those who administer them can help the person; with `only`, and in no other. A unit that fills itself, or that only its own administrators may change, is
 * left and said.
 */
export const ensureUnits: Task<z.infer<typeof input>> = {
  id: 'ensure-units',
  does: 'puts the account into administrative units',
  input,
  async plan({ target, units, only }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'units', 'account-missing', `There is no account in ${target} to put into units.`);
    const reader = need(sight, target, 'units');
    const has = await reader.unitsOf(link.nativeId, sight.signal);
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const id of units.filter((one) => has.every((unit) => unit.id !== one))) {
      const unit = await reader.unit(id, sight.signal);
      if (unit?.kind === 'assigned') wanted.push(granting(link, subject, { ...attribute, id, name: `in the unit ${unit.name}` }));
      else skips.push({ target, object: id, reason: whyNot(unit, id) });
    }
    const others = only === true ? has.filter(({ id, kind }) => kind === 'assigned' && !units.includes(id)) : [];
    for (const { id, name } of others) wanted.push(unlinking(link, subject, { kind: 'unit', relation: 'unit', id, name }, 'workflow-step'));
    return changes(wanted, skips);
  },
};

function whyNot(unit: { readonly name: string; readonly kind: string } | undefined, id: string): Skip['reason'] {
  if (unit === undefined) return { code: 'account-missing', message: `The administrative unit ${id} does not exist.` };
  if (unit.kind === 'dynamic') return { code: 'dynamic-group', message: `${unit.name} fills itself by a rule.` };
  return { code: 'protected', message: `${unit.name} is restricted: its members are added by hand, by those who administer it.` };
}

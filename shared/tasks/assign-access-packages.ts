import { z } from 'zod';
import { primaryLink } from '../domain/subject.ts';
import { granting } from './granting.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const packages = z.array(z.strictObject({ package: z.string(), policy: z.string() })).min(1);
const input = z.strictObject({ target: z.string(), packages });

/** Sees that the person has access packages, each assigned under one of its policies. What else they have stays. */
export const assignAccessPackages: Task<z.infer<typeof input>> = {
  id: 'assign-access-packages',
  does: 'assigns access packages to the person',
  input,
  async plan({ target, packages: wanted }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'access-packages', 'account-missing', `There is no account in ${target} to assign to.`);
    const held = await need(sight, target, 'accessPackages').accessPackagesOf(link.nativeId, sight.signal);
    const has = (id: string) => held.some(({ grants, delivered }) => delivered && grants.startsWith(`${id}/`));
    const missing = wanted.filter((one) => !has(one.package)).map((one) => `${one.package}/${one.policy}`);
    const kind = { kind: 'access-package', relation: 'access-package', effect: 'grant' } as const;
    return changes(missing.map((id) => granting(link, subject, { ...kind, id, name: `access package ${id}` })));
  },
};

import { badRequest, denied, mastered } from '../http/graph-failure.ts';
import type { Group } from '../store/entities.ts';
import { isDynamic } from '../store/memberships.ts';

/** Throws when an application may not write the group's members or owners: 400 for a group that AD masters or Exchange keeps (mail-enabled, not Microsoft 365),
 * 403 for a role-assignable group, and for the members of a dynamic one. */
export function requireWritableEdges(group: Group, relation: 'members' | 'owners'): void {
  if (group.onPremisesSyncEnabled === true) throw mastered();
  if (group.isAssignableToRole === true || (relation === 'members' && isDynamic(group))) throw denied();
  if (group.mailEnabled && !group.groupTypes.includes('Unified')) {
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
  }
}

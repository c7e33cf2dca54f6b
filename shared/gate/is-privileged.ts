import type { Change } from '../domain/change.ts';

/**
 * The one rule of what is privileged: a change that needs a right by which somebody could sign in as another, and that the identity of all other changes can do without. Those are Temporary Access Passes
 * and registered ways to sign in: Graph has one permission for making and for removing them (https://learn.microsoft.com/graph/permissions-reference, `UserAuthMethod-…ReadWrite.All`). See docs/adr/0021.
 */
export function isPrivileged({ kind }: Change): boolean {
  return kind === 'pass' || kind === 'method';
}

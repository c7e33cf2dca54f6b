import { isWithin } from '../distinguished-name.ts';
import type { AdConfig } from '../systems.ts';

/** Why no account is put into the organisational unit: it is protected, or the directory sync does not look there. Undefined where it may be. */
export function whyNotPlaced(name: string, { id, syncScope, protectedOus, consumer }: AdConfig): string | undefined {
  const isProtected = protectedOus.find((container) => isWithin(name, container));
  if (isProtected) return `${name} lies in ${isProtected}, which is protected in ${id}`;
  if (syncScope.some((container) => isWithin(name, container))) return undefined;
  const harm = consumer === null ? '' : `, so that accounts there would be deleted from ${consumer}`;
  return `${name} lies outside the sync scope of ${id} (${syncScope.join('; ')})${harm}`;
}

import type { PasswordReader } from '../../ports/readers/passwords.ts';
import type { AdParts } from './ad-parts.ts';
import { fileTimeMs } from './file-time.ts';
import { existingWith } from './existing.ts';

/** Reads `pwdLastSet`, which is 0 where the password was never set or has to be changed (https://learn.microsoft.com/windows/win32/adschema/a-pwdlastset). */
export function createPasswordReader(parts: AdParts): PasswordReader {
  return {
    lastSet: async (accountId, signal) => fileTimeMs((await existingWith(parts, accountId, ['pwdLastSet'], signal)).text('pwdLastSet')),
  };
}

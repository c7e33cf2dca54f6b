import type { PasswordWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import type { AdParts } from './ad-parts.ts';
import { encodePassword, type PasswordMaker } from './ad-values.ts';
import { existing } from './existing.ts';
import { tried } from './tried.ts';

const usualTimes = 2;

/**
 * Sets random passwords that nobody knows, `times` in a row: the last password but the newest goes on opening NTLM sign-ins for an hour
 * (https://learn.microsoft.com/troubleshoot/windows-server/windows-security/new-setting-modifies-ntlm-network-authentication). A later one that does not go through is what is answered: a repetition sets all anew.
 */
export function createPasswordWriter(parts: AdParts, newPassword: PasswordMaker): PasswordWriter {
  return {
    resetPassword: (change, signal) =>
      tried(async () => {
        const id = resolvedId(change.object);
        const { times } = change.input;
        const entry = await existing(parts, id, signal);
        for (let time = 0; time < (typeof times === 'number' ? times : usualTimes); time += 1) {
          const values = new Map([['unicodePwd', [encodePassword(newPassword())]]]);
          const result = await parts.directory.replace(entry.dn, values, signal);
          if (result.is !== 'ok') return result;
        }
        return accepted(id);
      }),
  };
}

import type { AdParts } from './ad-parts.ts';
import { anything } from './ldap-directory.ts';

/** As many values as Active Directory gives at once of one attribute (MaxValRange, https://learn.microsoft.com/troubleshoot/windows-server/active-directory/view-set-ldap-policy-using-ntdsutil). */
const windowSize = 1500;

/**
 * Every value of one attribute of an object, window by window (MS-ADTS 3.1.1.3.1.3.3): the server gives no more at once, and says in the name under which it answers how far it went; `*` is the end.
 * A window is asked for from the first on, since servers differ in what they do unasked.
 */
export async function* readRange(parts: AdParts, dn: string, attribute: string, signal: AbortSignal): AsyncGenerator<string> {
  for (let from = 0; ;) {
    const asked = `${attribute};range=${from}-${from + windowSize - 1}`;
    let last: number | undefined;
    for await (const entry of parts.directory.search({ base: dn, scope: 'base', filter: anything, attributes: [asked] }, signal)) {
      const range = entry.range(attribute);
      yield* range.values;
      last = range.last;
    }
    if (last === undefined) return;
    from = last + 1;
  }
}

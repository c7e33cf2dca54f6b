import type { Clock } from '../ports/clock.ts';
import type { Expiries, Expiry } from '../ports/expiries.ts';

const dayMs = 86_400_000;
const warnDays = 30;
const redDays = 7;
const giveUpMs = 2500;
/** Ends of secrets are days away: nobody has to ask the vault at every look at health. */
const lookAgainMs = 15 * 60_000;

/**
 * Says which secrets and certificates end within 30 days; throws, in the same words, where one ends within seven or has ended. What cannot be looked up is said too. `clock` is the wall clock, which
 * certificates go by. What was found is kept for a quarter of an hour.
 */
export function expiryProbe(sources: readonly Expiries[], clock: Clock): () => Promise<string | undefined> {
  let known: { readonly at: number; readonly expiries: readonly Expiry[]; readonly unread: readonly string[] } | undefined;
  return async () => {
    if (known === undefined || clock.now() - known.at > lookAgainMs) known = { at: clock.now(), ...(await lookAll(sources)) };
    const { expiries, unread } = known;
    const left = (expiry: Expiry): number => (expiry.expiresAt - clock.now()) / dayMs;
    const soon = expiries.filter((expiry) => left(expiry) <= warnDays).toSorted((a, b) => a.expiresAt - b.expiresAt);
    const words = [...soon.map((expiry) => inWords(expiry, left(expiry))), ...unread].join(' ');
    if (soon.some((expiry) => left(expiry) <= redDays)) throw new Error(words);
    return words === '' ? undefined : words;
  };
}

async function lookAll(sources: readonly Expiries[]) {
  const unread: string[] = [];
  const look = async (source: Expiries): Promise<readonly Expiry[]> => {
    try {
      return await source.list(AbortSignal.timeout(giveUpMs));
    } catch (error) {
      unread.push(`When secrets end could not be read from ${source.where}: ${error instanceof Error ? error.message : 'no reason given'}`);
      return [];
    }
  };
  return { expiries: (await Promise.all(sources.map(look))).flat(), unread };
}

function inWords({ what, expiresAt }: Expiry, days: number): string {
  const day = new Date(expiresAt).toISOString().slice(0, 10);
  if (days < 0) return `${what} has ended on ${day}.`;
  return `${what} ends on ${day}, in ${Math.floor(days)} days.`;
}

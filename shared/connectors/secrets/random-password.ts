import { randomInt } from 'node:crypto';

const kinds = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%*+-=?@_'] as const;
const length = 32;

/**
 * A password that nobody is meant to know: 32 random characters (over 180 bits) with at least one of each of the four kinds that Active Directory and Entra ID count
 * (https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy).
 */
export function randomPassword(): string {
  const all = kinds.join('');
  const characters = Array.from({ length }, (_, place) => pick(kinds[place] ?? all));
  // Fisher-Yates, so that the four first places are not told apart by their kind.
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}

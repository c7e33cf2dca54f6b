const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'oe', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The local part of a person's address: each part of the name in lower-case ASCII without accents, joined by a dot; words within a part are run together. */
export function accountName(parts: readonly string[]): string {
  return parts
    .map(fold)
    .filter((part) => part !== '')
    .join('.');
}

/** The first 20 characters, the limit of sAMAccountName for users (https://learn.microsoft.com/windows/win32/adschema/a-samaccountname), without a dot at the end. */
export function samAccountName(name: string): string {
  return name.slice(0, 20).replace(/\.+$/, '');
}

function fold(text: string): string {
  const lower = text.toLowerCase().replace(/[ßæøœłđðþı]/g, (letter) => letters[letter] ?? '');
  return lower.normalize('NFD').replace(/[^a-z0-9-]/g, '');
}

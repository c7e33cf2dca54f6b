/** Addresses after the primary one becomes `mail`: the former ones stay as aliases, as Exchange keeps them. */
export function withPrimaryAddress(addresses: readonly string[], mail: string | null): readonly string[] {
  const aliases = addresses.map((address) => address.replace(/^SMTP:/, 'smtp:'));
  if (mail === null) return aliases;
  const primary = `SMTP:${mail}`;
  return [primary, ...aliases.filter((address) => address.toLowerCase() !== primary.toLowerCase())];
}

/** Bits of `userAccountControl` (MS-ADTS 2.2.16). */
export const accountFlags = {
  disabled: 0x2,
  lockedOut: 0x10,
  passwordNotRequired: 0x20,
  normalAccount: 0x200,
  passwordNeverExpires: 0x10000,
  passwordExpired: 0x800000,
} as const;

// Trust and computer accounts are other classes: their bits cannot be set on a user (MS-ADTS 3.1.1.5.3.1.1.4 and 3.1.1.5.2.3).
const foreignTypes = 0x100 | 0x800 | 0x1000 | 0x2000;

/** What an account has when nothing was said: disabled, no password required (MS-ADTS 3.1.1.5.2.3). */
export const newAccountControl = accountFlags.disabled | accountFlags.passwordNotRequired | accountFlags.normalAccount;

/** The value that is stored for one that a client wrote: an ordinary account, without the bits that are computed. Undefined when it asks for another kind of account. */
export function settledAccountControl(value: number): number | undefined {
  if ((value & foreignTypes) !== 0) return undefined;
  return (value | accountFlags.normalAccount) & ~(accountFlags.lockedOut | accountFlags.passwordExpired);
}

/** True when the account can sign in as far as this attribute says. */
export function isEnabled(accountControl: number): boolean {
  return (accountControl & accountFlags.disabled) === 0;
}

/** True when the account may be enabled without a password. */
export function needsNoPassword(accountControl: number): boolean {
  return (accountControl & accountFlags.passwordNotRequired) !== 0;
}

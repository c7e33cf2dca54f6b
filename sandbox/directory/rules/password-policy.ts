import { policy } from '../domain.ts';
import { foldText } from '../names/fold-text.ts';

/** Reads the value of `unicodePwd`: the password in quotation marks, in UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). Undefined when it is written otherwise. */
export function decodePassword(bytes: Buffer): string | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const text = bytes.toString('utf16le');
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : undefined;
}

/** True when the password is long enough, has characters of three of the five categories, and contains neither the account name nor a part of the display name
 * (the policy "Password must meet complexity requirements" of Windows). */
export function isPasswordAccepted(password: string, accountName: string, displayName: string): boolean {
  const categories = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u, /\p{Lo}/u].filter((category) => category.test(password));
  const folded = foldText(password);
  const forbidden = [accountName, ...displayName.split(/[\s,.\-_#]+/)].filter((part) => part.length >= 3);
  return password.length >= policy.minimumLength && categories.length >= 3 && !forbidden.some((part) => folded.includes(foldText(part)));
}

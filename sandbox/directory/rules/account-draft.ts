import { randomBytes } from 'node:crypto';
import { adError } from '../ad-error.ts';
import { neverExpires, toFileTime } from '../names/directory-time.ts';
import type { ClassName } from '../schema/classes.ts';
import { isEnabled, needsNoPassword, newAccountControl, settledAccountControl } from './account-control.ts';

/** An object in the middle of an add or a modify: what it will be, and what the request touched. */
export type AccountDraft = {
  readonly className: ClassName;
  readonly attributes: Record<string, readonly string[]>;
  readonly touched: Set<string>;
  /** A password that the request sets. */
  password?: string;
  readonly hadPassword: boolean;
  /** `pwdLastSet` before the request. */
  readonly lastSet?: string;
};

/** Gives the draft of an account or group what the directory adds, and refuses states that it does not allow: an enabled account without a password (53),
 * another kind of account, a `pwdLastSet` other than 0 and -1, a `lockoutTime` other than 0 (80). `now` is in milliseconds. */
export function settleAccount(draft: AccountDraft, now: number): void {
  if (draft.className === 'user') settleUser(draft, now);
  if (draft.className === 'group') settleGroup(draft);
}

function settleUser(draft: AccountDraft, now: number): void {
  const { attributes } = draft;
  attributes['userAccountControl'] = [String(settledControl(draft))];
  attributes['sAMAccountType'] = ['805306368'];
  attributes['sAMAccountName'] ??= [generatedName()];
  attributes['primaryGroupID'] ??= ['513'];
  attributes['accountExpires'] ??= [neverExpires];
  if (attributes['accountExpires'][0]?.startsWith('-') === true) throw adError('badValue');
  settleLockout(draft);
  settlePasswordAge(draft, now);
}

function settledControl(draft: AccountDraft): number {
  const control = settledAccountControl(Number(draft.attributes['userAccountControl']?.[0] ?? newAccountControl));
  if (control === undefined) throw adError('invalidArgument');
  const hasPassword = draft.hadPassword || draft.password !== undefined;
  if (isEnabled(control) && !hasPassword && !needsNoPassword(control)) throw adError('passwordRefused');
  return control;
}

function settleLockout(draft: AccountDraft): void {
  if (!draft.touched.has('lockoutTime')) return;
  if (draft.attributes['lockoutTime']?.[0] !== '0') throw adError('invalidArgument');
  draft.attributes['badPwdCount'] = ['0'];
}

function settlePasswordAge(draft: AccountDraft, now: number): void {
  const written = draft.touched.has('pwdLastSet') ? draft.attributes['pwdLastSet']?.[0] : undefined;
  if (written !== undefined && written !== '0' && written !== '-1') throw adError('invalidArgument');
  const isNow = written === '-1' || (written === undefined && draft.password !== undefined);
  draft.attributes['pwdLastSet'] = isNow ? [later(draft.lastSet, toFileTime(now))] : (draft.attributes['pwdLastSet'] ?? ['0']);
}

// Two passwords within a tick of the clock are two changes all the same: who reads the time afterwards sees that it moved.
function later(before: string | undefined, now: string): string {
  return before !== undefined && BigInt(now) <= BigInt(before) ? String(BigInt(before) + 1n) : now;
}

// Global security group, unless the client says otherwise (MS-ADTS 2.2.12).
function settleGroup(draft: AccountDraft): void {
  const { attributes } = draft;
  const type = (attributes['groupType'] ??= ['-2147483646']);
  attributes['sAMAccountType'] = [Number(type[0]) < 0 ? '268435456' : '268435457'];
  attributes['sAMAccountName'] ??= [generatedName()];
}

// The form that Active Directory gives to accounts without a name: MS-ADTS 3.1.1.5.2.2.
function generatedName(): string {
  const digits = randomBytes(6).toString('hex').toUpperCase();
  return `$${digits.slice(0, 6)}-${digits.slice(6)}`;
}

import type { Act, Create, Delete, Link, Update } from '../../domain/change.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { Admitted } from './admitted.ts';
import type { Answer, IssuedPass } from './answer.ts';

/** Writes accounts. Each call is one attempt: no retry of its own, never throws for what the target answers. */
export type AccountWriter = {
  create(change: Admitted<Create>, signal: AbortSignal): Promise<Answer>;
  update(change: Admitted<Update>, signal: AbortSignal): Promise<Answer>;
  delete(change: Admitted<Delete>, signal: AbortSignal): Promise<Answer>;
};

/** Adds and removes members. Already a member, and not a member any more, are `accepted`. */
export type MembershipWriter = { setMembership(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type LicenceWriter = { setLicence(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type PassWriter = { issue(change: Admitted<Act>, signal: AbortSignal): Promise<IssuedPass | Exclude<Answer, { is: 'accepted' }>> };

/** Writes a mail as a draft under its key, then sends it: two steps, so that a lost answer can be looked for. */
export type MailWriter = {
  draft(change: Admitted<Act>, mail: RenderedMail, signal: AbortSignal): Promise<Answer>;
  /** Sends a draft by its id. */
  send(change: Admitted<Act>, draftId: string, signal: AbortSignal): Promise<Answer>;
};
export type ContactWriter = { writeContact(change: Admitted<Update>, signal: AbortSignal): Promise<Answer> };

/** What may be written to a target: whichever capabilities its connector declares. */
export type Writers = {
  readonly accounts: AccountWriter;
  readonly memberships: MembershipWriter;
  readonly licences: LicenceWriter;
  readonly passes: PassWriter;
  readonly mail: MailWriter;
  readonly contacts: ContactWriter;
};

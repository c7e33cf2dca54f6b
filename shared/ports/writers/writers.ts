import type { Act, Create, Delete, Link, Purge, Restore, Update } from '../../domain/change.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { Admitted } from './admitted.ts';
import type { Answer, IssuedPass } from './answer.ts';

/** Writes accounts. Each call is one attempt: no retry of its own, never throws for what the target answers. */
export type AccountWriter = {
  create(change: Admitted<Create>, signal: AbortSignal): Promise<Answer>;
  update(change: Admitted<Update>, signal: AbortSignal): Promise<Answer>;
  delete(change: Admitted<Delete>, signal: AbortSignal): Promise<Answer>;
  /** Brings a deleted account back under its old id; refused where the target does not keep it any more. */
  restore(change: Admitted<Restore>, signal: AbortSignal): Promise<Answer>;
};

/** Adds and removes members. Already a member, and not a member any more, are `accepted`. */
export type MembershipWriter = { setMembership(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type LicenceWriter = { setLicence(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type PassWriter = {
  issue(change: Admitted<Act>, signal: AbortSignal): Promise<IssuedPass | Exclude<Answer, { is: 'accepted' }>>;
  /** Deletes one pass, used or not. */
  removePass(change: Admitted<Link>, signal: AbortSignal): Promise<Answer>;
};

/** Writes a mail as a draft under its key, then sends it: two steps, so that a lost answer can be looked for. */
export type MailWriter = {
  draft(change: Admitted<Act>, mail: RenderedMail, signal: AbortSignal): Promise<Answer>;
  /** Sends a draft by its id. */
  send(change: Admitted<Act>, draftId: string, signal: AbortSignal): Promise<Answer>;
};
/** Takes away one method, credential or application role by its id. Gone already is `accepted`. */
export type MethodWriter = { removeMethod(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type CredentialWriter = { removeCredential(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
export type AppRoleWriter = { setAppRole(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
/** Has the target send the mail by which an account gets its first password there. */
export type ActivationWriter = { sendActivation(change: Admitted<Act>, signal: AbortSignal): Promise<Answer> };
/** Makes or ends one edge of its relation. One that is so already is `accepted`. */
export type EdgeWriter = { setEdge(change: Admitted<Link>, signal: AbortSignal): Promise<Answer> };
/** Erases a deleted account for good. One that is gone already is `accepted`; one that is not deleted is refused. */
export type PurgeWriter = { purge(change: Admitted<Purge>, signal: AbortSignal): Promise<Answer> };
/** Voids every session that was begun before now. */
export type SessionWriter = { revokeSessions(change: Admitted<Act>, signal: AbortSignal): Promise<Answer> };
/** Sets a password that nobody knows, `times` times in a row (twice pushes the old one out of the directory's memory of the last). */
export type PasswordWriter = { resetPassword(change: Admitted<Act>, signal: AbortSignal): Promise<Answer> };
/** Writes what a mailbox answers by itself. */
export type MailboxWriter = { writeMailbox(change: Admitted<Update>, signal: AbortSignal): Promise<Answer> };
export type ContactWriter = { writeContact(change: Admitted<Update>, signal: AbortSignal): Promise<Answer> };

/** What may be written to a target: whichever capabilities its connector declares. */
export type Writers = {
  readonly accounts: AccountWriter;
  readonly memberships: MembershipWriter;
  readonly licences: LicenceWriter;
  readonly appRoles: AppRoleWriter;
  readonly passes: PassWriter;
  readonly methods: MethodWriter;
  readonly credentials: CredentialWriter;
  readonly activations: ActivationWriter;
  readonly sessions: SessionWriter;
  readonly passwords: PasswordWriter;
  readonly devices: EdgeWriter;
  readonly ownerships: EdgeWriter;
  readonly sponsors: EdgeWriter;
  readonly teams: EdgeWriter;
  readonly units: EdgeWriter;
  readonly accessPackages: EdgeWriter;
  readonly deleted: PurgeWriter;
  readonly mailboxes: MailboxWriter;
  readonly mail: MailWriter;
  readonly contacts: ContactWriter;
};

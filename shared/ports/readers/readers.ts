import type { AccountReader } from './accounts.ts';
import type { ActivationReader } from './activations.ts';
import type { AppRoleReader } from './app-roles.ts';
import type { ContactReader } from './contacts.ts';
import type { ControllerReader } from './controllers.ts';
import type { CredentialReader } from './credentials.ts';
import type { DeltaReader } from './deltas.ts';
import type { LicenceReader } from './licences.ts';
import type { MailReader } from './mail.ts';
import type { MailboxReader } from './mailboxes.ts';
import type { MembershipReader } from './memberships.ts';
import type { MethodReader } from './methods.ts';
import type { PassReader } from './passes.ts';
import type { PasswordReader } from './passwords.ts';
import type { SessionReader } from './sessions.ts';

/** What may be read of a target: whichever capabilities its connector declares. */
export type Readers = {
  readonly accounts: AccountReader;
  readonly memberships: MembershipReader;
  readonly licences: LicenceReader;
  readonly appRoles: AppRoleReader;
  readonly passes: PassReader;
  readonly methods: MethodReader;
  readonly credentials: CredentialReader;
  readonly activations: ActivationReader;
  readonly sessions: SessionReader;
  readonly passwords: PasswordReader;
  readonly controllers: ControllerReader;
  readonly mailboxes: MailboxReader;
  readonly mail: MailReader;
  readonly contacts: ContactReader;
  readonly deltas: DeltaReader;
};

import type { AccountReader } from './accounts.ts';
import type { ContactReader } from './contacts.ts';
import type { LicenceReader } from './licences.ts';
import type { MailReader } from './mail.ts';
import type { MembershipReader } from './memberships.ts';
import type { PassReader } from './passes.ts';

/** What may be read of a target: whichever capabilities its connector declares. */
export type Readers = {
  readonly accounts: AccountReader;
  readonly memberships: MembershipReader;
  readonly licences: LicenceReader;
  readonly passes: PassReader;
  readonly mail: MailReader;
  readonly contacts: ContactReader;
};

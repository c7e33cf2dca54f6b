import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { units } from '../../../../sandbox/directory/domain.ts';
import type { AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import type { Answer } from '../../../../shared/ports/writers/answer.ts';
import { creating, linking } from '../../../contracts/changes.ts';
import { idOf, required } from '../../../contracts/expected.ts';
import { startLdapRelay, type LdapRelay, type RelayFault } from '../../../support/samba/ldap-relay.ts';
import { sambaProgram } from '../../../support/samba/start-samba.ts';
import { domainForFile } from './domain-for-file.ts';

const signal = AbortSignal.timeout(600_000);
const staff = 'd1000000-0000-4000-8000-000000000001';

/** What is tried here of all that changes something, with the request that it makes, and whether what it wanted is so: the table of faults tries every call, on the sandbox's directory. */
type Call = {
  readonly call: string;
  readonly request: 'add' | 'modify';
  readonly make: (target: AdTarget) => Promise<Attempt>;
};
type Attempt = { readonly write: () => Promise<Answer>; readonly isDone: () => Promise<boolean> };

let count = 0;
const account = () => ({
  cn: `Fault ${(count += 1)}`,
  ou: `OU=PT,${units.people}`,
  sAMAccountName: `fault${count}`,
  employeeID: `72${count}`,
  enabled: false,
});
const reads = (target: AdTarget) => required(target.reads.accounts);
const writes = (target: AdTarget) => required(target.writes.accounts);
const made = async (target: AdTarget) => idOf(await writes(target).create(creating(account()), signal));

const calls: readonly Call[] = [
  {
    call: 'create',
    request: 'add',
    make: (target) => {
      const after = account();
      const isDone = async () => (await reads(target).byEmployeeId(after.employeeID, signal)).length === 1;
      return Promise.resolve({ write: () => writes(target).create(creating(after), signal), isDone });
    },
  },
  {
    call: 'membership',
    request: 'modify',
    make: async (target) => {
      const id = await made(target);
      const write = () => required(target.writes.memberships).setMembership(linking('member', 'link', id, staff), signal);
      return { write, isDone: () => required(target.reads.memberships).isMember(staff, id, signal) };
    },
  },
];

/** What goes wrong, what the connector has to say of it, and whether it was done. */
const faults: readonly { readonly fault: string; readonly how: RelayFault; readonly is: Answer['is']; readonly done: boolean }[] = [
  { fault: 'busy (51, as 429 elsewhere)', how: { phase: 'before', effect: { status: 51 } }, is: 'later', done: false },
  { fault: 'unavailable (52, as 503)', how: { phase: 'before', effect: { status: 52 } }, is: 'later', done: false },
  { fault: 'an operations error (1, as 500)', how: { phase: 'before', effect: { status: 1 } }, is: 'lost', done: false },
  { fault: 'an operations error after it was done', how: { phase: 'after', effect: { status: 1 } }, is: 'lost', done: true },
  { fault: 'a reset before', how: { phase: 'before', effect: { reset: true } }, is: 'lost', done: false },
  { fault: 'a reset after', how: { phase: 'after', effect: { reset: true } }, is: 'lost', done: true },
  { fault: 'silence', how: { phase: 'after', effect: { silence: true } }, is: 'lost', done: true },
  { fault: 'an answer that is not LDAP', how: { phase: 'after', effect: { garbage: true } }, is: 'lost', done: true },
];

describe.skipIf(sambaProgram === undefined)('what goes wrong on the way to a real domain', () => {
  const { target: connect, samba } = domainForFile();
  let relay: LdapRelay;
  let target: AdTarget;
  beforeAll(async () => {
    relay = await startLdapRelay(samba());
    target = connect({ urls: [relay.url], timeoutMs: 1_000 });
  });
  afterAll(() => relay.stop());

  describe.each(calls)('$call', ({ request, make }) => {
    it.each(faults)('$fault is told as $is, and looking shows what happened', async ({ how, is, done }) => {
      const { write, isDone } = await make(target);
      relay.failNext(request, how);
      const answer = await write();
      expect(relay.pending()).toBe(0);
      expect(answer).toMatchObject({ is });
      expect(await isDone()).toBe(done);
      // Asked again after looking, it is as it was to be.
      if (!done) expect(await write()).toMatchObject({ is: 'accepted' });
      expect(await isDone()).toBe(true);
    });
  });

  it('a sign-in that is refused keeps a write from being sent, and from being claimed', async () => {
    const { password: _, ...login } = samba().login;
    const locked = connect({ ...login, urls: [relay.url], password: () => Promise.resolve('Not-The-Password-1') });
    const before = relay.seen().length;
    const answer = await required(locked.writes.accounts).create(creating(account()), signal);
    expect(answer).toMatchObject({ is: 'later', problem: { message: expect.stringContaining('the name or password is wrong') } });
    expect(relay.seen().slice(before)).toEqual(['bind']);
  });
});

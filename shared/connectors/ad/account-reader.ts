import { AndFilter, EqualityFilter, NotFilter, OrFilter, PresenceFilter, type Filter } from 'ldapts';
import type { AccountReader, FoundAccount } from '../../ports/readers/accounts.ts';
import { toFoundAccount } from './ad-account.ts';
import { adRead } from './ad-attributes.ts';
import type { AdParts } from './ad-parts.ts';
import { briefMemory } from './brief-memory.ts';
import { collect } from './collect.ts';
import { holdsPrivilege } from './holds-privilege.ts';
import { idsOf } from './ids-of.ts';
import { isRestorable } from './restore-account.ts';
import { users } from './ldap-directory.ts';
import { listAccounts } from './list-accounts.ts';
import { managerOf } from './manager-of.ts';

/** One account is looked at several times around each change, and names the same manager each time. */
const rememberedMs = 10_000;

/** Reads accounts of the domain. */
export function createAccountReader(parts: AdParts): AccountReader {
  const managers = briefMemory<string | null>(rememberedMs);
  return {
    byId: async (id, signal) => {
      const entry = await parts.directory.object(id, adRead, signal);
      return entry === undefined ? undefined : toFoundAccount(entry, await managerOf(parts, entry, managers, signal));
    },
    byEmployeeId: (employeeId, signal) => collect(accounts(parts, users(equals('employeeID', employeeId)), signal)),
    byAnchor: (anchor, signal) => collect(accounts(parts, users(hasAnchor(Buffer.from(anchor, 'base64'))), signal)),
    holdersOf: async (attribute, value, signal) => {
      const found = parts.directory.search(
        { base: parts.baseDn, scope: 'sub', filter: bears(attribute, value), attributes: ['objectGUID'] },
        signal,
      );
      return collect(idsOf(found));
    },
    all: (signal) => listAccounts(parts, signal),
    isPrivileged: (id, signal) => holdsPrivilege(parts, id, signal),
    isRestorable: async (id, signal) => isRestorable(await parts.directory.deleted(id, signal)),
    reportsOf: (id, signal) => reportsOf(parts, id, signal),
  };
}

async function* accounts(parts: AdParts, filter: Filter, signal: AbortSignal): AsyncGenerator<FoundAccount> {
  const managers = new Map<string, string | null>();
  for await (const entry of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: adRead }, signal)) {
    const account = toFoundAccount(entry, await managerOf(parts, entry, managers, signal));
    if (account !== undefined) yield account;
  }
}

async function reportsOf(parts: AdParts, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const account = await parts.directory.object(id, ['cn'], signal);
  if (account === undefined) return [];
  const filter = users(equals('manager', account.dn));
  return collect(idsOf(parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID'] }, signal)));
}

function equals(attribute: string, value: string | Buffer): Filter {
  return new EqualityFilter({ attribute, value });
}

/** Addresses are one name space: the principal name, the mail and every proxy address of any object. */
function bears(attribute: string, value: string): Filter {
  if (attribute !== 'userPrincipalName' && attribute !== 'mail') return equals(attribute, value);
  return new OrFilter({ filters: [equals('userPrincipalName', value), equals('mail', value), equals('proxyAddresses', `smtp:${value}`)] });
}

function hasAnchor(bytes: Buffer): Filter {
  const isUnset = new NotFilter({ filter: new PresenceFilter({ attribute: 'mS-DS-ConsistencyGuid' }) });
  return new OrFilter({
    filters: [equals('mS-DS-ConsistencyGuid', bytes), new AndFilter({ filters: [equals('objectGUID', bytes), isUnset] })],
  });
}

import { AndFilter, Attribute, Change, Control, EqualityFilter, NotFilter, PresenceFilter, type Client, type Filter } from 'ldapts';
import type { GatehouseError } from '../../errors.ts';
import { guidName } from './guid.ts';
import { toLdapEntry, type LdapEntry } from './ldap-entry.ts';
import { toGatehouseError, toOutcome, type LdapOutcome } from './ldap-outcome.ts';
import type { LdapSession } from './ldap-session.ts';

/** What is written to an attribute: no values clear it. */
export type LdapValues = readonly string[] | readonly Buffer[];

/** A directory as the connector uses it: objects are named by objectGUID, found with built filters, and written in single operations. */
export type LdapDirectory = {
  /** The object with this objectGUID; undefined where there is none. */
  object(guid: string, attributes: readonly string[], signal: AbortSignal): Promise<LdapEntry | undefined>;
  /** Everything below (and at) `base` that matches, page by page. */
  search(query: LdapQuery, signal: AbortSignal): AsyncGenerator<LdapEntry>;
  add(dn: string, attributes: ReadonlyMap<string, LdapValues>, signal: AbortSignal): Promise<LdapOutcome>;
  /** Replaces the values of all named attributes, in one atomic operation. */
  replace(dn: string, attributes: ReadonlyMap<string, LdapValues>, signal: AbortSignal): Promise<LdapOutcome>;
  change(
    dn: string,
    change: { readonly operation: 'add' | 'delete'; readonly attribute: string; readonly value: string },
    signal: AbortSignal,
  ): Promise<LdapOutcome>;
  /** The deleted object with this objectGUID, as far as the service account may see it; undefined where there is none. */
  deleted(guid: string, signal: AbortSignal): Promise<LdapEntry | undefined>;
  /** Brings a deleted object back under `newDn`. */
  restore(dn: string, newDn: string, signal: AbortSignal): Promise<LdapOutcome>;
  rename(dn: string, newDn: string, signal: AbortSignal): Promise<LdapOutcome>;
  remove(dn: string, signal: AbortSignal): Promise<LdapOutcome>;
};

/** A search; `base` scope looks at the object itself only. */
export type LdapQuery = {
  readonly base: string;
  readonly scope: 'base' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly controls?: readonly Control[];
};

// Active Directory gives at most 1,000 entries a page (MS-ADTS 3.1.1.3.4.6, MaxPageSize).
const pageSize = 1000;
// Named, since a GUID whose bytes happen to be valid text would come as text; in the schema's spelling, in which the server answers.
const binary = ['objectGUID', 'mS-DS-ConsistencyGuid', 'objectSid'];
const serverSeconds = 15;

/** Wraps a session; reads throw `GatehouseError`, writes answer with their outcome. */
export function createLdapDirectory(session: LdapSession): LdapDirectory {
  const write = async (operation: (client: Client) => Promise<void>, signal: AbortSignal): Promise<LdapOutcome> => {
    try {
      await session.run(operation, signal);
      return { is: 'ok' };
    } catch (error) {
      return toOutcome(error);
    }
  };
  return {
    object: async (guid, attributes, signal) => {
      const base = guidName(guid);
      if (base === undefined) return undefined;
      for await (const entry of search(session, { base, scope: 'base', filter: anything, attributes }, signal)) return entry;
      return undefined;
    },
    search: (query, signal) => search(session, query, signal),
    add: (dn, attributes, signal) => write((client) => client.add(dn, [...attributes].map(toAttribute)), signal),
    replace: (dn, attributes, signal) =>
      write(
        (client) =>
          client.modify(
            dn,
            [...attributes].map((one) => new Change({ operation: 'replace', modification: toAttribute(one) })),
          ),
        signal,
      ),
    change: (dn, { operation, attribute, value }, signal) =>
      write((client) => client.modify(dn, new Change({ operation, modification: toAttribute([attribute, [value]]) })), signal),
    deleted: async (guid, signal) => {
      const base = guidName(guid);
      if (base === undefined) return undefined;
      const query = { base, scope: 'base' as const, filter: anything, attributes: ofDeleted, controls: [showDeleted] };
      for await (const entry of search(session, query, signal)) return entry;
      return undefined;
    },
    restore: (dn, newDn, signal) => write((client) => client.modify(dn, undeletion(newDn), showDeleted), signal),
    rename: (dn, newDn, signal) => write((client) => client.modifyDN(dn, newDn), signal),
    remove: (dn, signal) => write((client) => client.del(dn), signal),
  };
}

// LDAP_SERVER_SHOW_DELETED_OID (MS-ADTS 3.1.1.3.4.1.14).
const showDeleted = new Control('1.2.840.113556.1.4.417', { critical: true });
const ofDeleted = [
  'objectGUID',
  'cn',
  'sAMAccountName',
  'userPrincipalName',
  'isDeleted',
  'isRecycled',
  'lastKnownParent',
  'msDS-LastKnownRDN',
];

/** One modify takes away `isDeleted` and gives the new name (MS-ADTS 3.1.1.5.3.7). */
function undeletion(newDn: string): Change[] {
  return [
    new Change({ operation: 'delete', modification: toAttribute(['isDeleted', []]) }),
    new Change({ operation: 'replace', modification: toAttribute(['distinguishedName', [newDn]]) }),
  ];
}

/** Matches every object. */
export const anything: Filter = new PresenceFilter({ attribute: 'objectClass' });

/** Matches people's accounts: computers are users too in Active Directory's schema. */
export function users(...filters: readonly Filter[]): Filter {
  const isComputer = new EqualityFilter({ attribute: 'objectClass', value: 'computer' });
  return new AndFilter({
    filters: [new EqualityFilter({ attribute: 'objectClass', value: 'user' }), new NotFilter({ filter: isComputer }), ...filters],
  });
}

async function* search(session: LdapSession, query: LdapQuery, signal: AbortSignal): AsyncGenerator<LdapEntry> {
  const { base, scope, filter, attributes, controls = [] } = query;
  const options = {
    scope,
    filter,
    attributes: [...attributes],
    explicitBufferAttributes: binary,
    timeLimit: serverSeconds,
    paged: { pageSize },
  };
  try {
    // The first page is asked for inside `run`: a generator begins only then, and must find the connection signed in.
    const { client, pages, first } = await session.run(async (signedIn) => {
      const begun = signedIn.searchPaginated(base, options, [...controls]);
      return { client: signedIn, pages: begun, first: await begun.next() };
    }, signal);
    for (let page = first; page.done !== true; page = await pages.next()) {
      signal.throwIfAborted();
      yield* page.value.searchEntries.map(toLdapEntry);
      // The library would ask for the next page on a new connection, anonymously; and the server would not know the cookie.
      if (!client.isBound) throw new Error('The connection was lost between two pages.');
    }
  } catch (error) {
    const failure: GatehouseError = toGatehouseError(error);
    // An object that is not there, and a base that is not there, hold nothing.
    if (failure.code !== 'target-not-found') throw failure;
  }
}

function toAttribute([type, values]: readonly [string, LdapValues]): Attribute {
  return isText(values) ? new Attribute({ type, values: [...values] }) : new Attribute({ type, values: [...values] });
}

function isText(values: LdapValues): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

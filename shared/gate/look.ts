import type { Attributes, Create, Delete, Link, Purge, Reach, Restore, Update, Value } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import { GatehouseError } from '../errors.ts';
import { capability } from './capability.ts';
import { isGone } from './is-gone.ts';
import { lookForEdge } from './look-for-edge.ts';
import { isSameValue } from '../domain/same-value.ts';

/** What reading the target back shows: the desired state, the lack of it, or something of ours that is not yet as desired. */
export type Seen =
  | { readonly is: 'so'; readonly id: string; readonly anchor: string | null }
  | { readonly is: 'not'; readonly before: Attributes | null }
  | { readonly is: 'partly'; readonly id: string; readonly anchor: string | null; readonly differs: readonly string[] };

/** Reads the target where the change takes effect. Never guesses: a reading that fails throws. */
export async function look(target: ReadableTarget, change: Reach, row: IntentRow, signal: AbortSignal): Promise<Seen> {
  if (change.do === 'create') return lookForCreated(target, change, row, signal);
  if (change.do === 'link' || change.do === 'unlink') {
    const isThere = await lookForEdge(target, change, signal).catch(unlessGone(target, change, signal));
    return isThere === (change.do === 'link')
      ? { is: 'so', id: idOf(change.object), anchor: null }
      : { is: 'not', before: { [change.relation]: isThere } };
  }
  if (change.do === 'restore') return lookForRestored(target, change, signal);
  if (change.do === 'purge') return lookForPurged(target, change, signal);
  if (change.kind === 'mailbox') return lookForMailbox(target, change, signal);
  return change.kind === 'contact' ? lookForContact(target, change, signal) : lookForAccount(target, change, signal);
}

/** What an account that is gone had is gone with it; what it is to be given is not there to be given to. */
function unlessGone(target: ReadableTarget, change: Link, signal: AbortSignal) {
  return async (error: unknown): Promise<false> => {
    if (change.do === 'unlink' && (await isGone(target, idOf(change.object), error, signal))) return false;
    throw error;
  };
}

async function lookForCreated(target: ReadableTarget, change: Create, row: IntentRow, signal: AbortSignal): Promise<Seen> {
  const accounts = capability(target, 'accounts');
  const own = row.objectId === null ? undefined : await accounts.byId(row.objectId, signal);
  const found = own ?? (await foundByKey(target, change, signal));
  if (found === undefined) return { is: 'not', before: null };
  const differs = differences(change.after, found);
  return differs.length === 0
    ? { is: 'so', id: found.id, anchor: found.anchor }
    : { is: 'partly', id: found.id, anchor: found.anchor, differs };
}

/** A create whose answer was lost is found by what it can be matched by, or else by the employee id that it wrote. */
async function foundByKey(target: ReadableTarget, change: Create, signal: AbortSignal): Promise<FoundAccount | undefined> {
  if (change.match !== undefined) return foundByMatch(target, change.match, signal);
  const key = change.after['employeeID'] ?? change.after['employeeId'] ?? change.after['employeeNumber'];
  if (typeof key !== 'string') return undefined;
  const found = await capability(target, 'accounts').byEmployeeId(key, signal);
  return found.find((account) => change.names.every((name) => isSameValue(name.attribute, name.value, account.attributes[name.attribute])));
}

async function foundByMatch(target: ReadableTarget, match: Attributes, signal: AbortSignal): Promise<FoundAccount | undefined> {
  const accounts = capability(target, 'accounts');
  for (const [attribute, value] of Object.entries(match)) {
    const [id, second] = typeof value === 'string' ? await accounts.holdersOf(attribute, value, signal) : [];
    if (second !== undefined) throw new GatehouseError('not-verified', `${target.id} has several accounts with the same ${attribute}.`);
    if (id !== undefined) return accounts.byId(id, signal);
  }
  return undefined;
}

async function lookForAccount(target: ReadableTarget, change: Update | Delete, signal: AbortSignal): Promise<Seen> {
  const id = idOf(change.object);
  const found = await capability(target, 'accounts').byId(id, signal);
  if (change.do === 'delete') return found === undefined ? { is: 'so', id, anchor: null } : { is: 'not', before: change.before };
  if (found === undefined) throw new GatehouseError('not-verified', `${target.id} does not show the account ${id} now.`);
  const differs = differences(change.after, found);
  if (differs.length === 0) return { is: 'so', id, anchor: found.anchor };
  const seen: Attributes = { ...found.attributes, enabled: found.enabled };
  return { is: 'not', before: Object.fromEntries(Object.keys(change.after).map((name) => [name, seen[name] ?? null])) };
}

async function lookForRestored(target: ReadableTarget, change: Restore, signal: AbortSignal): Promise<Seen> {
  const found = await capability(target, 'accounts').byId(idOf(change.object), signal);
  return found === undefined ? { is: 'not', before: null } : { is: 'so', id: found.id, anchor: found.anchor };
}

/** Neither there nor among the deleted ones. */
async function lookForPurged(target: ReadableTarget, change: Purge, signal: AbortSignal): Promise<Seen> {
  const id = idOf(change.object);
  const accounts = capability(target, 'accounts');
  const isKept = (await accounts.byId(id, signal)) !== undefined || (await accounts.isRestorable(id, signal));
  return isKept ? { is: 'not', before: null } : { is: 'so', id, anchor: null };
}

async function lookForMailbox(target: ReadableTarget, change: Update | Delete, signal: AbortSignal): Promise<Seen> {
  const id = idOf(change.object);
  const found = await capability(target, 'mailboxes').mailboxOf(id, signal);
  const wanted = change.do === 'update' ? change.after['autoReply'] : null;
  return isSameValue('autoReply', wanted, found?.autoReply)
    ? { is: 'so', id, anchor: null }
    : { is: 'not', before: { autoReply: found?.autoReply ?? null } };
}

async function lookForContact(target: ReadableTarget, change: Update | Delete, signal: AbortSignal): Promise<Seen> {
  const id = idOf(change.object);
  const found = await capability(target, 'contacts').contactOf(id, signal);
  const after = change.do === 'update' ? change.after : {};
  const isSo = found !== undefined && Object.entries(after).every(([name, value]) => found[name as keyof typeof found] === value);
  return isSo ? { is: 'so', id, anchor: null } : { is: 'not', before: found ?? null };
}

/** Attributes that the account shows otherwise than desired. What it never shows (passwords, create-only flags) is not compared. */
function differences(after: Attributes, found: FoundAccount): readonly string[] {
  const seen: Attributes = { ...found.attributes, enabled: found.enabled };
  return Object.entries(after)
    .filter(([name, value]) => !isSecret(value) && name in seen && !isSameValue(name, value, seen[name]))
    .map(([name]) => name);
}

function isSecret(value: Value): boolean {
  return typeof value === 'object' && value !== null && 'secret' in value;
}

function idOf(ref: Reach['object']): string {
  if ('id' in ref) return ref.id;
  throw new GatehouseError('internal', 'An unresolved reference reached the gate.');
}

import type { Person } from '../../ports/registry/people.ts';
import type { ListedAuditRow } from '../../ports/registry/records.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OpenThing } from './open-things.ts';

const looksBack = 500;

/** Says what is opened again however often it is closed, and who or what does so, as far as is known. */
export async function undoneMessage(stores: Stores, person: Person, one: OpenThing): Promise<string> {
  const repair = (await stores.sweeps.repairsOf(person.id)).find(({ target, thing }) => target === one.target && thing === one.thing);
  const times = repair === undefined ? '' : ` (${repair.times} since ${dayOf(repair.firstAt)}, the last on ${dayOf(repair.lastAt)})`;
  const what = `${person.displayName} has left, and in ${one.target} ${one.words} is open again after every repair${times}.`;
  return `${what} Gatehouse closes it no more. ${await whoUndoes(stores, person, one)}`;
}

async function whoUndoes(stores: Stores, person: Person, { target, thing, masteredElsewhere }: OpenThing): Promise<string> {
  const object = thing.slice(thing.indexOf('/') + 1);
  if (masteredElsewhere) {
    const master = await masterOf(stores, person, target, object);
    return `The sync from ${master ?? 'the directory that masters it'} sets it again: see to the account there.`;
  }
  const rows = await stores.audit.list({ after: 0, before: Number.MAX_SAFE_INTEGER, limit: looksBack, personId: person.id });
  const told = rows.filter((row) => row.target === target && isAbout(row, object));
  const [last] = told;
  if (last === undefined) return `Who or what opens it is not known here: the audit log of ${target} says so.`;
  const often = told.length === 1 ? 'once' : `${told.length} times`;
  return `The tenant told ${often} that somebody else had opened it, last at ${new Date(last.at).toISOString()}: its own audit log says who.`;
}

function isAbout({ action, detail }: ListedAuditRow, object: string): boolean {
  const isOpening = action === 'notice.account-enabled' || action === 'notice.account-restored' || action === 'notice.member-added';
  return isOpening && (detail['object'] === object || detail['group'] === object);
}

/** The target that masters the account: where another account of the person carries the same anchor. */
async function masterOf(stores: Stores, person: Person, target: string, account: string): Promise<string | undefined> {
  const links = await stores.links.of(person.id);
  const own = links.find((link) => link.target === target && link.nativeId === account);
  return own?.anchor == null ? undefined : links.find((link) => link.target !== target && link.anchor === own.anchor)?.target;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

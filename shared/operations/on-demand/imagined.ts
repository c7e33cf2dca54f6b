import { canonicalJson } from '../canonical-json.ts';
import type { Attributes, Change, Finding, Ref, Value } from '../../domain/change.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { Subject } from '../../domain/subject.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';

/** The world as it would be after the changes that were planned so far, as far as later steps look at it. Only a dry run has one. */
export type Imagined = {
  subject: Subject;
  /** Accounts that come into being, by the id that stands for them. */
  readonly made: Map<string, FoundAccount>;
  /** What of existing accounts would be otherwise, by target and id; null for one that would be gone. */
  readonly changed: Map<string, Attributes | null>;
  /** What was planned already, by what it touches. */
  readonly planned: Set<string>;
};

export function imagine(subject: Subject): Imagined {
  return { subject, made: new Map(), changed: new Map(), planned: new Set() };
}

const prefix = 'new:';
/** The id that stands for the account that the plan creates in the target. */
export function standIn(target: TargetId): string {
  return `${prefix}${target}`;
}

export function isStandIn(id: string): boolean {
  return id.startsWith(prefix);
}

/** The key that joins a new account with its synced one, before either is there. */
export function standInAnchor(target: TargetId): string {
  return `anchor-of:${target}`;
}

/** Has later steps see the change as if it had been made. */
export function believe(imagined: Imagined, change: Change): void {
  imagined.planned.add(touches(change));
  if (change.as === 'act') return;
  if (change.do === 'create') return create(imagined, change);
  const id = 'id' in change.object ? change.object.id : standIn(change.object.accountIn);
  const key = `${change.target}/${id}`;
  if (change.do === 'restore') return restore(imagined, change.target, id);
  if (change.kind !== 'account') return;
  if (change.do === 'delete') imagined.changed.set(key, null);
  if (change.do !== 'update') return;
  imagined.changed.set(key, { ...imagined.changed.get(key), ...change.after });
  addNames(imagined, change.names ?? []);
}

/** Has later steps see the account as the person's own, or as gone. */
export function believeFinding(imagined: Imagined, { target, id, how, anchor, names }: Finding): void {
  const others = imagined.subject.links.filter((link) => link.target !== target || link.nativeId !== id);
  if (how === 'gone') imagined.subject = { ...imagined.subject, links: others };
  else link(imagined, { target, id, how, anchor });
  addNames(imagined, names);
}

/** What a change touches: the same thing is planned once. */
export function touches(change: Change): string {
  const object = `${change.target}/${change.kind}/${idOf(change.object)}/${change.do}`;
  if (change.as === 'act') return `${object}/${change.do === 'send' ? change.key : ''}`;
  if (change.do === 'link' || change.do === 'unlink') return `${object}/${change.relation}/${idOf(change.other)}`;
  return change.do === 'update' ? `${object}/${canonicalJson(change.after)}` : object;
}

/** The change with every stand-in written as the reference that it stands for. */
export function withReferences<C extends Change>(change: C): C {
  const object = asRef(change.object);
  if (change.do === 'link' || change.do === 'unlink') return { ...change, object, other: asRef(change.other) };
  if (change.do !== 'create' && change.do !== 'update') return { ...change, object };
  const after = Object.fromEntries(Object.entries(change.after).map(([name, value]) => [name, isRef(value) ? asRef(value) : value]));
  return { ...change, object, after };
}

function isRef(value: Value): value is Ref {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && ('id' in value || 'accountIn' in value);
}

function asRef(ref: Ref): Ref {
  return 'id' in ref && isStandIn(ref.id) ? { accountIn: ref.id.slice(prefix.length) } : ref;
}

function idOf(ref: Ref): string {
  return 'id' in ref ? ref.id : standIn(ref.accountIn);
}

function create(imagined: Imagined, change: Extract<Change, { readonly do: 'create' }>): void {
  const { target, after, names } = change;
  const id = standIn(target);
  const { enabled, ...attributes } = after;
  const anchor = standInAnchor(target);
  imagined.made.set(id, { ...unwritten(imagined, id), attributes, enabled: enabled === true, anchor });
  link(imagined, { target, id, how: 'created', anchor });
  addNames(imagined, names);
}

function restore(imagined: Imagined, target: TargetId, id: string): void {
  imagined.made.set(id, unwritten(imagined, id));
  link(imagined, { target, id, how: 'created', anchor: standInAnchor(target) });
}

/** An account of which nothing is known but whose it is. */
export function unwritten({ subject }: Imagined, id: string): FoundAccount {
  const { displayName, worker } = subject;
  const own = { id, displayName, employeeId: worker.workerId };
  return { ...own, attributes: {}, enabled: false, anchor: null, masteredElsewhere: false, syncedAt: null };
}

type NewLink = Pick<Finding, 'target' | 'id' | 'anchor'> & { readonly how: 'created' | 'adopted' | 'synced' };

function link(imagined: Imagined, { target, id, how, anchor }: NewLink): void {
  const { subject } = imagined;
  const others = subject.links.filter((one) => one.target !== target || one.nativeId !== id);
  const own = { target, nativeId: id, personId: subject.personId, kind: 'primary', how, anchor, since: 0 } as const;
  imagined.subject = { ...subject, links: [...others, own] };
}

function addNames(imagined: Imagined, names: Finding['names']): void {
  const { subject } = imagined;
  const added = names.filter((name) => !subject.names.some((one) => one.scope === name.scope && one.folded === name.folded));
  imagined.subject = { ...subject, names: [...added, ...subject.names] };
}

import type { Attributes, Change, Effect, Skip, Update, Value } from '../domain/change.ts';
import { isSameValue } from '../domain/same-value.ts';
import type { Subject } from '../domain/subject.ts';
import { need, type PastChange, type Sight } from './task.ts';

type Updated = { readonly past: PastChange; readonly change: Update; readonly attributes: readonly string[] };
type Seen = { readonly values: Attributes; readonly masteredElsewhere: boolean };

/** Each attribute back to what it was, where it still is what was written. What somebody has written since stays, and is said. */
export async function inverseOfUpdate(
  { past, change, attributes }: Updated,
  subject: Subject,
  sight: Sight,
): Promise<{ readonly changes: readonly Change[]; readonly skips: readonly Skip[] }> {
  const seen = await seenOf(change, past.object, sight);
  if (seen === undefined) return { changes: [], skips: [] };
  const { target } = change;
  if (seen.masteredElsewhere) {
    const message = 'The directory that masters the account carries it back.';
    return { changes: [], skips: [{ target, object: past.object, reason: { code: 'synced-object', message } }] };
  }
  const recorded = attributes.filter((name) => isRecorded(name, { past, change }) && name in seen.values);
  const same = recorded.filter((name) => isSameValue(name, change.after[name], seen.values[name]));
  const undone = same.filter((name) => !isSameValue(name, past.before?.[name], seen.values[name]));
  const skips = recorded.filter((name) => !same.includes(name)).map((name) => movedOn(target, past.object, name));
  if (undone.length === 0) return { changes: [], skips };
  const pick = (from: (name: string) => Value): Attributes => Object.fromEntries(undone.map((name) => [name, from(name)]));
  const after = pick((name) => asWritten(past.before?.[name] ?? null, change.after[name]));
  const back: Change = {
    target,
    person: subject.personId,
    kind: change.kind,
    object: { id: past.object },
    effect: effectOf(after),
    cause: { reference: `undo:${past.changeId}`, message: `Back to what it was: ${undone.join(', ')}.` },
    as: 'reach',
    do: 'update',
    before: pick((name) => seen.values[name] ?? null),
    after,
  };
  return { changes: [back], skips };
}

/** Whether there is something to go back to: the task named what was there, and the gate saw it. A task that names nothing means what cannot be given back, such as a lock that the directory alone sets. */
function isRecorded(name: string, { past, change }: Pick<Updated, 'past' | 'change'>): boolean {
  return name in change.before && past.before !== null && name in past.before;
}

async function seenOf({ kind, target }: Update, object: string, sight: Sight): Promise<Seen | undefined> {
  if (kind === 'mailbox') {
    const mailbox = await need(sight, target, 'mailboxes').mailboxOf(object, sight.signal);
    return mailbox && { values: { autoReply: mailbox.autoReply }, masteredElsewhere: false };
  }
  if (kind !== 'account') return undefined;
  const found = await need(sight, target, 'accounts').byId(object, sight.signal);
  return found && { values: { ...found.attributes, enabled: found.enabled }, masteredElsewhere: found.masteredElsewhere };
}

/** A reference is observed as an id, and written as a reference. */
function asWritten(value: Value, written: Value | undefined): Value {
  const isRef = typeof written === 'object' && written !== null && 'id' in written;
  return isRef && typeof value === 'string' ? { id: value } : value;
}

function effectOf(after: Attributes): Effect {
  if (after['enabled'] === true || Object.values(after).includes(true)) return 'enable';
  return after['enabled'] === false ? 'contain' : 'attribute';
}

function movedOn(target: string, object: string, name: string): Skip {
  return { target, object, reason: { code: 'moved-on', message: `${name} has been changed since, and stays as it is.` } };
}

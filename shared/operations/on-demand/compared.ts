import type { Attributes, Change, Ref, Value } from '../../domain/change.ts';
import { isSameValue } from '../../domain/same-value.ts';
import type { PlannedChange } from './plan-body.ts';

/** Whether two changes do the same kind of thing to the same object, whatever the values. */
export function sameThing(one: Change, other: Change): boolean {
  if (one.target !== other.target || one.kind !== other.kind || one.do !== other.do || !isSameRef(one.object, other.object)) return false;
  if ('other' in one) return 'other' in other && one.relation === other.relation && isSameRef(one.other, other.other);
  if (one.do === 'send') return other.do === 'send' && one.input['template'] === other.input['template'];
  if (one.do === 'update') return other.do === 'update' && Object.keys(one.after).some((name) => name in other.after);
  return true;
}

/** What differs between a change as it was shown and as it is wanted now, in words; undefined where it is part of what was shown. */
export function compared({ change: shown, isNew }: PlannedChange, now: Change): string | undefined {
  const differences = differencesOf(shown, now, isNew);
  return differences.length === 0 ? undefined : differences.join(', ');
}

function differencesOf(shown: Change, now: Change, isNew: boolean): readonly string[] {
  if (shown.do === 'update' && now.do === 'update') return updateDifferences(shown, now, isNew);
  if (shown.do === 'create' && now.do === 'create')
    return Object.keys(now.after).flatMap((name) => different(name, 'was to be', 'is to be', [shown.after[name], now.after[name]]));
  if (shown.as === 'act' && now.as === 'act') return inputDifferences(shown.input, now.input);
  return [];
}

type Update = Extract<Change, { readonly do: 'update' }>;

function updateDifferences(shown: Update, now: Update, isNew: boolean): readonly string[] {
  return Object.keys(now.after).flatMap((name) => {
    if (!(name in shown.after)) return [`${name} was as wanted at the plan, and is ${text(now.before[name])} now`];
    const before = isNew ? [] : different(name, 'was', 'is', [shown.before[name], now.before[name]]);
    return [...before, ...different(name, 'was to become', 'is to become', [shown.after[name], now.after[name]])];
  });
}

/** When a pass begins to be good follows from the time at which it is made. */
function inputDifferences(shown: Attributes, now: Attributes): readonly string[] {
  return Object.keys(now)
    .filter((name) => name !== 'startsAt')
    .flatMap((name) => different(name, 'was', 'is', [shown[name], now[name]]));
}

type Values = readonly [Value | undefined, Value | undefined];

function different(name: string, was: string, is: string, [one, other]: Values): readonly string[] {
  const isSame = isSameValue(name, one, other) || isReference(one);
  return isSame ? [] : [`${name} ${was} ${text(one)} at the plan, ${is} ${text(other)} now`];
}

/** A reference to what was not there yet is whatever came of it. */
function isReference(value: Value | undefined): boolean {
  return typeof value === 'object' && value !== null && 'accountIn' in value;
}

/** A change in a few words, by its object. */
export function inWords(change: Change): string {
  const object = `${change.kind} ${refText(change.object)} in ${change.target}`;
  if ('other' in change) return `${change.do} ${change.relation} ${refText(change.other)} (${change.cause.message}) of ${object}`;
  return change.do === 'update' ? `update ${Object.keys(change.after).join(', ')} of ${object}` : `${change.do} ${object}`;
}

function refText(ref: Ref): string {
  return 'id' in ref ? ref.id : `new in ${ref.accountIn}`;
}

function isSameRef(one: Ref, other: Ref): boolean {
  return refText(one) === refText(other);
}

function text(value: Value | undefined): string {
  if (value === undefined || value === null || value === '') return 'empty';
  if (typeof value !== 'object') return `“${String(value)}”`;
  return 'id' in value ? value.id : JSON.stringify(value);
}

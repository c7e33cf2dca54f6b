import { workerFact, type Fact } from '../facts/worker-fact.ts';
import type { Worker } from '../worker.ts';
import type { Condition, ConditionPart, Scalar } from './condition.ts';

/** Whether a checked condition holds for a worker. A fact that is not there equals nothing. */
export function matches(condition: Condition, worker: Worker): boolean {
  return Object.entries(condition).every(([key, part]) => entryHolds(key, part, worker));
}

function entryHolds(key: string, part: ConditionPart, worker: Worker): boolean {
  if (key === 'all') return list(part).every((inner) => isCondition(inner) && matches(inner, worker));
  if (key === 'any') return list(part).some((inner) => isCondition(inner) && matches(inner, worker));
  if (key === 'not') return isCondition(part) && !matches(part, worker);
  if (key === 'present') return list(part).every((path) => typeof path === 'string' && workerFact(worker, path) !== null);
  return factFits(workerFact(worker, key), part);
}

function factFits(fact: Fact, part: ConditionPart): boolean {
  if (fact === null) return false;
  if (!isCondition(part)) return scalars(part).some((value) => sameText(fact, value, false));
  const caseSensitive = part['caseSensitive'] === true;
  const isOk = part['is'] === undefined || scalars(part['is']).some((value) => sameText(fact, value, caseSensitive));
  const startOk =
    part['startsWith'] === undefined ||
    scalars(part['startsWith']).some((value) => textOf(fact, caseSensitive).startsWith(textOf(value, caseSensitive)));
  return isOk && startOk;
}

function sameText(fact: Scalar, value: Scalar, caseSensitive: boolean): boolean {
  return textOf(fact, caseSensitive) === textOf(value, caseSensitive);
}

// YAML reads a worker id such as 10001 as a number; the record has it as text. Both are compared as text.
function textOf(value: Scalar, caseSensitive: boolean): string {
  const text = String(value).normalize('NFC');
  return caseSensitive ? text : text.toLowerCase();
}

function list(part: ConditionPart): readonly ConditionPart[] {
  return isList(part) ? part : [part];
}

function scalars(part: ConditionPart): readonly Scalar[] {
  return list(part).filter((value) => value !== null && typeof value !== 'object');
}

function isCondition(part: ConditionPart): part is Condition {
  return typeof part === 'object' && part !== null && !isList(part);
}

function isList(part: ConditionPart): part is readonly ConditionPart[] {
  return Array.isArray(part);
}

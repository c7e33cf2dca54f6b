import { emptyPlan, type Change, type Finding, type Plan, type Skip } from '../domain/change.ts';
import type { ReasonCode } from '../domain/problem.ts';

/** A plan that waits for another system. */
export function waitFor(lookAgainInMs: number, reason: string): Plan {
  return { ...emptyPlan, waiting: { lookAgainInMs, reason } };
}

/** A plan that a person has to decide about. */
export function hold(code: ReasonCode, message: string): Plan {
  return { ...emptyPlan, held: { code, message } };
}

export function changes(list: readonly Change[], skips: readonly Skip[] = []): Plan {
  return { ...emptyPlan, changes: list, skips };
}

export function find(finding: Finding): Plan {
  return { ...emptyPlan, findings: [finding] };
}

export function skip(target: string, object: string, code: ReasonCode, message: string): Plan {
  return { ...emptyPlan, skips: [{ target, object, reason: { code, message } }] };
}

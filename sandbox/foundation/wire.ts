import { setTimeout as sleep } from 'node:timers/promises';
import type { DueFault, FaultEffect, SystemName, World } from './world.ts';

/** One call on the wire, named by its logical operation. */
export type WireCall = {
  readonly system: SystemName;
  /** The name by which faults select the call, for example `users.create`. */
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** The parsed body; masked when it is recorded. */
  readonly body?: unknown;
  readonly requestId: string;
};

/** What a system answers. `body` is sent as JSON, `garbled` as it is; without either the answer is empty. */
export type WireAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly garbled?: string;
};

/** An answer, or the decision to cut the connection without one. */
export type WireResult = WireAnswer | 'cut';

/** A failure to be put into the system's own error format: a scheduled fault with a status, or status 500 for a defect of the sandbox. */
export type Refusal = Extract<FaultEffect, { readonly status: number }>;

/** How a system does a call: `work` commits and answers, `refuse` puts a failure in the system's error format. */
export type WireHandler = {
  readonly work: () => WireAnswer | Promise<WireAnswer>;
  readonly refuse: (refusal: Refusal) => WireAnswer;
};

/** Performs one call as the world demands: waits the system's latency, lets a due fault strike before or after the work, and records call and answer.
 * A fault `before` keeps the work from happening, except a delay; a fault `after` loses or replaces the answer of work that was committed.
 * `Retry-After` is set in seconds on a refusal that names one. Never throws: a defect in `work` is printed and answered as a 500. */
export async function perform(world: World, call: WireCall, handler: WireHandler): Promise<WireResult> {
  await pause(world.settings.latencyMs[call.system] ?? 0);
  const fault = world.faults.take(call.system, call.operation, subjectOf(call));
  const result = await struck(
    fault,
    () => attempt(call, handler),
    (refusal) => refused(handler, refusal),
  );
  world.record({
    ...call,
    requestBody: call.body,
    status: result === 'cut' ? 0 : result.status,
    ...(result === 'cut' ? {} : { responseBody: result.body }),
    ...(fault === undefined ? {} : { fault }),
  });
  return result;
}

async function struck(
  fault: DueFault | undefined,
  work: () => Promise<WireAnswer>,
  refuse: (refusal: Refusal) => WireAnswer,
): Promise<WireResult> {
  if (fault === undefined) return work();
  if ('delayMs' in fault.effect) return delayed(fault.phase, fault.effect.delayMs, work);
  if (fault.phase === 'after') await work();
  if ('malformed' in fault.effect) return { status: 200, garbled: '{"value": [{"id": "' };
  return 'reset' in fault.effect ? 'cut' : refuse(fault.effect);
}

async function delayed(phase: DueFault['phase'], delayMs: number, work: () => Promise<WireAnswer>): Promise<WireAnswer> {
  if (phase === 'before') await pause(delayMs);
  const answer = await work();
  if (phase === 'after') await pause(delayMs);
  return answer;
}

async function attempt(call: WireCall, handler: WireHandler): Promise<WireAnswer> {
  try {
    return await handler.work();
  } catch (error) {
    console.error(`sandbox: ${call.system} ${call.operation} failed`, error);
    return refused(handler, { status: 500, code: 'sandboxDefect', message: 'The sandbox failed; see its error output.' });
  }
}

function refused(handler: WireHandler, refusal: Refusal): WireAnswer {
  const answer = handler.refuse(refusal);
  if (refusal.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(refusal.retryAfter) } };
}

function subjectOf(call: WireCall): string {
  return call.body === undefined ? call.path : `${call.path} ${JSON.stringify(call.body)}`;
}

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds);
}

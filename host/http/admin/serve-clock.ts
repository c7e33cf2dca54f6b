import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { HostClock } from '../../clock/clock.ts';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { sendJson } from '../http-exchange.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { readBody } from '../read-body.ts';

/** The clock, and whether nothing is in flight. */
export type ClockContext = { readonly clock: HostClock; readonly isIdle: () => boolean };

/**
 * Shows the host's clock: now, when something is due next, and whether the host is idle. A virtual clock can be set,
 * put forward, paused and let run, for ever or up to an instant. 409 for a clock that cannot be moved, or not there; 400 for a body it does not understand.
 */
export async function serveClock(context: ClockContext, exchange: HttpExchange): Promise<void> {
  const { response, method } = exchange;
  if (method !== 'GET' && method !== 'POST') return sendJson(response, 405, undefined, { allow: 'GET, POST' });
  const refusal = method === 'POST' ? await change(context.clock, exchange) : undefined;
  if (refusal) sendJson(response, refusal.status, { message: refusal.message });
  else sendJson(response, 200, view(context));
}

type Refusal = { readonly status: number; readonly message: string };

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const duration = z.string().transform((text, context) => {
  try {
    return Temporal.Duration.from(text);
  } catch {
    context.addIssue('must be an ISO 8601 duration such as PT12H');
    return z.NEVER;
  }
});

const changeSchema = z.union([
  z.strictObject({ set: instant }),
  z.strictObject({ advance: duration }),
  z.strictObject({ mode: z.literal('auto'), until: instant.optional() }),
  z.strictObject({ mode: z.literal('paused') }),
]);

const USAGE =
  'The body must be {"set": "2030-01-01T00:00:00Z"}, {"advance": "PT12H"}, {"mode": "paused"}, {"mode": "auto"} or {"mode": "auto", "until": "2030-01-01T00:00:00Z"}.';

async function change(clock: HostClock, { request }: HttpExchange): Promise<Refusal | undefined> {
  if (!(clock instanceof VirtualClock))
    return { status: 409, message: 'This host lives on wall time. Start it with --clock virtual to move its clock.' };
  const read = changeSchema.safeParse(parse((await readBody(request))?.toString('utf8') ?? ''));
  if (!read.success) return { status: 400, message: USAGE };
  const body = read.data;
  if ('mode' in body) clock.runUntil(body.mode === 'paused' ? -Infinity : (body.until ?? Infinity));
  else return move(clock, 'set' in body ? body.set : later(clock.now(), body.advance));
  return undefined;
}

function move(clock: VirtualClock, at: number): Refusal | undefined {
  if (at < clock.now()) return { status: 409, message: `It is ${isoTime(clock.now())}; time does not go back.` };
  clock.moveTo(at);
  return undefined;
}

function later(now: number, by: Temporal.Duration): number {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(by).epochMilliseconds;
}

function view({ clock, isIdle }: ClockContext): object {
  const isVirtual = clock instanceof VirtualClock;
  const due = clock.nextDue();
  const until = isVirtual && Number.isFinite(clock.runsUntil) ? isoTime(clock.runsUntil) : null;
  const isRunning = !isVirtual || clock.runsUntil > clock.now();
  return {
    clock: isVirtual ? 'virtual' : 'wall',
    now: isoTime(clock.now()),
    nextDue: due === undefined ? null : isoTime(due),
    isIdle: isIdle(),
    mode: isRunning ? 'auto' : 'paused',
    until: isRunning ? until : null,
  };
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type FieldProblem, fieldProblems } from '../../domain/field-problems.ts';
import type { HrHint } from '../../domain/inbox-body.ts';
import { unstorableText } from '../../domain/unstorable-text.ts';
import { canonicalJson } from '../canonical-json.ts';

/** A notice of BambooHR: who changed, and when. */
export type Notice = {
  /** Made of what the notice says, for BambooHR gives none: the same notice sent again has the same. */
  readonly eventId: string;
  readonly hint: HrHint;
  readonly occurredAt: number;
};
export type ReadNotice =
  | { readonly is: 'good'; readonly notice: Notice }
  | { readonly is: 'bad'; readonly problems: readonly FieldProblem[] };

const id = z.union([z.string().min(1).max(64), z.int().transform(String)], { error: 'must be the id of an employee' });
// `2026-01-31T18:42:00+0000`: an offset without a colon, which RFC 3339 does not know.
const instant = z
  .string()
  .transform((text) => Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')))
  .refine((at) => Number.isFinite(at), { error: 'must be an instant such as 2026-01-31T18:42:00+0000' });
const changedFields = z.array(z.string()).default([]);
const types = { 'employee.created': 'created', 'employee.updated': 'updated', 'employee.deleted': 'deleted' } as const;

// https://documentation.bamboohr.com/docs/event-based-webhooks
const eventBased = z.object({
  type: z.enum(['employee.created', 'employee.updated', 'employee.deleted']).transform((type) => types[type]),
  timestamp: instant,
  data: z.object({ employeeId: id, changedFields }),
});
// https://documentation.bamboohr.com/docs/global-webhooks: `fields` is left aside, for the record is read again.
const fieldBased = z.object({
  id,
  action: z
    .string()
    .transform((action) => action.toLowerCase())
    .pipe(z.enum(['created', 'updated', 'deleted'])),
  timestamp: instant,
  changedFields,
});

const farthestAheadMs = 5 * 60_000;

/** The notices of a webhook's body, in both of BambooHR's forms: one event, or a list of employees. */
export function noticesOf(raw: unknown): readonly unknown[] {
  return isList(raw) ? raw.employees : [raw];
}

/** Whether the body is a list of employees, which is one batch. */
export function isList(raw: unknown): raw is { readonly employees: readonly unknown[] } {
  return typeof raw === 'object' && raw !== null && 'employees' in raw && Array.isArray(raw.employees);
}

/** Reads one notice, naming every bad field at once. */
export function readNotice(raw: unknown, form: 'event' | 'fields', now: number): ReadNotice {
  const result = form === 'event' ? eventBased.transform(fromEvent).safeParse(raw) : fieldBased.transform(fromFields).safeParse(raw);
  if (!result.success) return { is: 'bad', problems: fieldProblems(result.error, raw) };
  const { occurredAt, ...hint } = result.data;
  const unstorable = unstorableText(hint);
  if (unstorable.length > 0) return { is: 'bad', problems: unstorable };
  if (occurredAt > now + farthestAheadMs)
    return { is: 'bad', problems: [{ field: 'timestamp', problem: 'is more than five minutes ahead of now' }] };
  const said = canonicalJson({ ...hint, occurredAt, changedFields: hint.changedFields.toSorted() });
  const eventId = `bamboohr-${createHash('sha256').update(said).digest('hex').slice(0, 40)}`;
  return { is: 'good', notice: { eventId, hint, occurredAt } };
}

type Said = HrHint & { readonly occurredAt: number };

function fromEvent({ type, timestamp, data }: z.output<typeof eventBased>): Said {
  return { kind: 'hint', type, workerId: data.employeeId, changedFields: data.changedFields, occurredAt: timestamp };
}

function fromFields({ id: workerId, action, timestamp, changedFields: names }: z.output<typeof fieldBased>): Said {
  return { kind: 'hint', type: action, workerId, changedFields: names, occurredAt: timestamp };
}

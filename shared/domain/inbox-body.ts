import { z } from 'zod';
import { type HrEvent, hrEventSchema } from './hr-event.ts';

/**
 * What the inbox keeps of a notice that says only who changed: the record has to be read again at its source. `deleted` says that the record is gone there.
 * `changedFields` are the source's own names of what changed.
 */
export const hrHintSchema = z.object({
  kind: z.literal('hint'),
  type: z.enum(['created', 'updated', 'deleted']),
  workerId: z.string().min(1).max(64),
  changedFields: z.array(z.string()),
});
export type HrHint = z.infer<typeof hrHintSchema>;

/** What an inbox row's body says: a whole event with its worker, or only a hint. */
export type InboxBody = { readonly is: 'event'; readonly event: HrEvent } | { readonly is: 'hint'; readonly hint: HrHint };

/** Reads the body of an inbox row as the intake wrote it; throws where it is neither. */
export function readInboxBody(body: string): InboxBody {
  const raw: unknown = JSON.parse(body);
  const isHint = typeof raw === 'object' && raw !== null && 'kind' in raw && raw.kind === 'hint';
  return isHint ? { is: 'hint', hint: hrHintSchema.parse(raw) } : { is: 'event', event: hrEventSchema.parse(raw) };
}

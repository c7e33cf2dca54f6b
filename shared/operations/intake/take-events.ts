import type { FieldProblem } from '../../domain/field-problems.ts';
import type { SourceId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { NewEvent, RejectedEvent } from '../../ports/registry/inbox.ts';
import { type EventKeeper, excerptOf } from '../keep-events.ts';

/** One event of a delivery as it was read: to be kept, or with all that is wrong with it and what was sent. */
export type ReadEntry =
  | { readonly is: 'good'; readonly row: NewEvent; readonly warnings: readonly FieldProblem[] }
  | { readonly is: 'bad'; readonly id: string | null; readonly problems: readonly FieldProblem[]; readonly sent: string };

/** How one event of a delivery was taken. */
export type EventAnswer = {
  readonly id: string | null;
  readonly status: 'accepted' | 'duplicate' | 'conflict' | 'invalid';
  readonly inboxId?: string;
  readonly problems?: readonly FieldProblem[];
  readonly warnings?: readonly FieldProblem[];
};

/** Keeps what was read in one transaction, good events in inbox and outbox, bad ones among the rejected with the reason. Answers each, in their order. */
export async function takeEvents(
  keeper: EventKeeper,
  entries: readonly ReadEntry[],
  from: { readonly source: SourceId; readonly now: number },
): Promise<readonly EventAnswer[]> {
  const events = entries.flatMap((entry) => (entry.is === 'good' ? [entry.row] : []));
  const refused = entries.flatMap((entry) =>
    entry.is === 'bad' ? [refusedEvent(from.source, from.now, inWords(entry.problems), entry.sent)] : [],
  );
  const taken = (await keeper.keep({ events, refused }))[Symbol.iterator]();
  return entries.map((entry) => {
    if (entry.is === 'bad') return { id: entry.id, status: 'invalid', problems: entry.problems };
    const how = taken.next().value;
    if (how === undefined) throw new GatehouseError('internal', 'An event was read but not kept.');
    const { row, warnings } = entry;
    return { id: row.eventId, status: how.is, inboxId: how.inboxId, ...(warnings.length === 0 ? {} : { warnings }) };
  });
}

/** What is kept of something that was refused: why, and how it began. */
export function refusedEvent(source: SourceId, receivedAt: number, reason: string, text: string): RejectedEvent {
  return { source, receivedAt, reason: excerptOf(reason), excerpt: excerptOf(text) };
}

function inWords(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
}

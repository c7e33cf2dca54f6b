import { z } from 'zod';
import type { DeadLetter } from '../../ports/dead-letters.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { DeadLetterDeps } from './dead-letter-deps.ts';

/** A dead letter as people are shown it. Its body is not shown; what it is about is. */
export type DeadLetterView = Omit<DeadLetter, 'body' | 'enqueuedAt'> & {
  readonly enqueuedAt: string;
  readonly ageSeconds: number;
  /** The event that it names, as far as the registry knows it. `state` says whether it has been worked on since. */
  readonly event: { readonly source: string; readonly eventId: string; readonly workerId: string; readonly state: string } | null;
  readonly about: string;
};

const giveUpMs = 10_000;
const named = z.object({ inboxId: z.string() });
const told = z.object({ notices: z.array(z.unknown()) });

/** What the queues have put aside, the oldest first, at most so many of each. */
export async function listDeadLetters(
  { registry, clock, deadLetters }: DeadLetterDeps,
  mostOfEach: number,
): Promise<readonly DeadLetterView[]> {
  const found = await deadLetters.list(mostOfEach, AbortSignal.timeout(giveUpMs));
  return Promise.all(
    found.map(async ({ body, enqueuedAt, ...letter }) => {
      const event = await eventOf(registry, body);
      const ageSeconds = Math.max(0, Math.round((clock.now() - enqueuedAt) / 1000));
      return { ...letter, enqueuedAt: new Date(enqueuedAt).toISOString(), ageSeconds, event, about: aboutOf(body, event) };
    }),
  );
}

async function eventOf({ stores }: Registry, body: unknown): Promise<DeadLetterView['event']> {
  const message = named.safeParse(body);
  const row = message.success ? await stores.inbox.byId(message.data.inboxId) : undefined;
  return row === undefined ? null : { source: row.source, eventId: row.eventId, workerId: row.workerId, state: row.state };
}

function aboutOf(body: unknown, event: DeadLetterView['event']): string {
  if (event !== null) return `the event ${event.eventId} about ${event.source}:${event.workerId}, ${event.state}`;
  const notices = told.safeParse(body);
  if (notices.success) return `${notices.data.notices.length} notices of a tenant`;
  return named.safeParse(body).success ? 'an event that the registry does not know' : 'nothing that Gatehouse has sent';
}

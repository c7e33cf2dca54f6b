import type { SourceId } from '../../domain/ids.ts';

/** Where an event stands: `received` waits to be folded; the rest are final, `held` until a person decides. */
export type InboxState = 'received' | 'folded' | 'stale' | 'held' | 'rejected';

export type NewEvent = {
  readonly source: SourceId;
  readonly eventId: string;
  /** SHA-256 of the event's canonical JSON, hex. */
  readonly bodyHash: string;
  readonly batchId: string | null;
  readonly workerId: string;
  readonly occurredAt: number;
  readonly receivedAt: number;
  readonly urgent: boolean;
  /** The event as it was parsed, as JSON text. */
  readonly body: string;
  /** The trace that it came in with (W3C `traceparent`), where there is one. */
  readonly traceparent?: string | null;
};

export type InboxRow = NewEvent & { readonly inboxId: string; readonly state: InboxState; readonly reason: string | null };

/** How an event was taken: a duplicate has the same id and body as one kept before, a conflict the same id and another body. */
export type Taken = { readonly is: 'accepted' | 'duplicate' | 'conflict'; readonly inboxId: string };

export type RejectedEvent = {
  readonly source: SourceId;
  readonly receivedAt: number;
  readonly reason: string;
  /** The start of what was sent, as text: at most 4,000 characters. */
  readonly excerpt: string;
};

/** Events as they came in: each kept once, none lost. */
export type InboxStore = {
  /** Keeps events, in the order given, with an outbox row for each that is accepted. The first body of an id stays. */
  take(events: readonly NewEvent[]): Promise<readonly Taken[]>;
  byId(inboxId: string): Promise<InboxRow | undefined>;
  byEvent(source: SourceId, eventId: string): Promise<InboxRow | undefined>;
  /** Says anew how an event that was settled stands. */
  restate(inboxId: string, state: Exclude<InboxState, 'received'>, reason: string | null): Promise<void>;
  /** Whether an event about the worker waits to be folded. */
  isAwaited(source: SourceId, workerId: string): Promise<boolean>;
  /** Compare-and-set from `received`; false when somebody else was first. */
  settle(inboxId: string, state: Exclude<InboxState, 'received'>, reason: string | null): Promise<boolean>;
  reject(event: RejectedEvent): Promise<void>;
  rejected(limit: number): Promise<readonly (RejectedEvent & { readonly id: string })[]>;
  /** Forgets events that were refused before the instant. Answers how many. */
  forgetRejected(before: number): Promise<number>;
  counts(): Promise<Readonly<Record<InboxState, number>>>;
};

export type OutboxRow = {
  readonly id: string;
  readonly topic: string;
  readonly inboxId: string;
  readonly sessionId: string;
  readonly attempts: number;
  readonly traceparent: string | null;
};

/** What has still to be handed to the queue. `id` and `attempts` make the message's id: a repetition of a transfer has the same, a new attempt another. */
export type OutboxStore = {
  unsent(limit: number, dueBefore: number): Promise<readonly OutboxRow[]>;
  byInbox(inboxIds: readonly string[]): Promise<readonly OutboxRow[]>;
  markSent(ids: readonly string[], at: number): Promise<void>;
  /** The event could not be folded: it is handed over again when due. */
  sendAgain(inboxId: string, dueAt: number): Promise<void>;
  attemptsOf(inboxId: string): Promise<number>;
  /** What was handed over before the instant and is still not folded, because the queue gave it up, is due again. Answers how many. */
  revive(sentBefore: number, now: number): Promise<number>;
};

import type { SQLOutputValue } from 'node:sqlite';

/** Where a message stands; the numbers are those of the annotation `x-opt-message-state`. */
export const ACTIVE = 0;
/** Set aside by a receiver; only fetched by its sequence number. */
export const DEFERRED = 1;
/** Not to be delivered before its time. */
export const SCHEDULED = 2;

export type MessageState = typeof ACTIVE | typeof DEFERRED | typeof SCHEDULED;

/** A message to be kept. Instants are milliseconds since 1970; `content` is a whole AMQP message, encoded. */
export interface NewMessage {
  readonly queue: number;
  readonly session: string | null;
  readonly state: MessageState;
  readonly enqueuedAt: number;
  readonly dueAt: number;
  readonly expiresAt: number | null;
  readonly deliveries: number;
  /** The queue a dead-lettered message came from. */
  readonly source: string | null;
  readonly content: Uint8Array;
}

/** A message as kept, with its sequence number. */
export interface StoredMessage extends NewMessage {
  readonly seq: number;
}

/** The message in a row of the table `message`. */
export function toStoredMessage(row: Record<string, SQLOutputValue>): StoredMessage {
  const content = row['content'];
  if (!(content instanceof Uint8Array)) throw new Error('The Service Bus store holds a message without content.');
  return {
    seq: Number(row['seq']),
    queue: Number(row['queue']),
    session: textOrNull(row['session']),
    state: toState(row['state']),
    enqueuedAt: Number(row['enqueued_at']),
    dueAt: Number(row['due_at']),
    expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
    deliveries: Number(row['deliveries']),
    source: textOrNull(row['source']),
    content,
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function toState(value: SQLOutputValue | undefined): MessageState {
  if (value === ACTIVE || value === DEFERRED || value === SCHEDULED) return value;
  throw new Error(`The Service Bus store holds a message in the unknown state ${String(value)}.`);
}

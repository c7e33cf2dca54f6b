import type { StoredMessage } from '../store/stored-message.ts';
import type { MessageLock } from './message-locks.ts';

/** A message on its way to a receiver, under a lock unless it was removed when it was handed out. */
export interface HandedMessage {
  readonly message: StoredMessage;
  readonly lock: MessageLock | undefined;
}

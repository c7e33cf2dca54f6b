/** Sends inbox ids to a queue. Resolves only when the broker has taken them. */
export type Queue = {
  send(messages: readonly QueueMessage[], signal: AbortSignal): Promise<void>;
};
export type QueueName = 'lifecycle-events' | 'lifecycle-urgent';
/** `messageId` lets the broker drop a repetition; `sessionId` keeps one worker's messages apart from others'. */
export type QueueMessage = {
  readonly queue: QueueName;
  readonly messageId: string;
  readonly sessionId?: string;
  readonly body: { readonly inboxId: string };
};

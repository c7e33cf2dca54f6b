/** Sends inbox ids and notices to a queue. Resolves only when the broker has taken them. */
export type Queue = {
  send(messages: readonly QueueMessage[], signal: AbortSignal): Promise<void>;
};
/** The queues of the app, as `servicebus.json` defines them. */
export const queueNames = ['lifecycle-events', 'lifecycle-urgent', 'graph-notices'] as const;
export type QueueName = (typeof queueNames)[number];
/** `messageId` lets the broker drop a repetition; `sessionId` keeps one worker's messages apart from others'. */
export type QueueMessage = {
  readonly queue: QueueName;
  readonly messageId: string;
  readonly sessionId?: string;
  readonly body: { readonly inboxId: string } | NoticeBatch;
};

/** Notices of a tenant that came together: each subscription once, with what was said of it besides “something changed”. */
export type NoticeBatch = { readonly notices: readonly Notice[] };
/** `stateHash` is the SHA-256 of the client state that came with it, hex; whether it is the right one is for the taker to see. */
export type Notice = {
  readonly subscriptionId: string;
  readonly stateHash: string;
  readonly lifecycle: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed' | null;
  /** How many notices this one stands for. */
  readonly count: number;
};

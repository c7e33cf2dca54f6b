/** Sends ids and notices to a queue. Resolves only when the broker has taken them. */
export type Queue = {
  send(messages: readonly QueueMessage[], signal: AbortSignal): Promise<void>;
};
/** The queues of the app, as `servicebus.json` defines them. */
export const queueNames = [
  'lifecycle-events',
  'lifecycle-urgent',
  'graph-notices',
  'privileged-changes',
  'privileged-results',
  'work-requests',
] as const;
export type QueueName = (typeof queueNames)[number];
/** `messageId` lets the broker drop a repetition; `sessionId` keeps one worker's messages apart from others'. */
export type QueueMessage = {
  readonly queue: QueueName;
  readonly messageId: string;
  readonly sessionId?: string;
  /** The trace that it belongs to (W3C `traceparent`); else the one that is active. */
  readonly traceparent?: string;
  readonly body: { readonly inboxId: string } | NoticeBatch | ErrandMessage | ErrandResult | WorkRequest;
};

/** Asks for one attempt at a privileged change, which is a row of the registry under this id. */
export type ErrandMessage = { readonly changeId: string; readonly attempt: number };
/** Says that an errand of the run was answered; the answer itself is in the registry. */
export type ErrandResult = { readonly runId: string };

/** What the app that answers callers asks of the one that carries out: to start what is due for a person, to begin a sweep, to look at targets, to throw away the histories of orchestrations. */
export type WorkRequest =
  | { readonly start: string }
  | { readonly sweep: string }
  | { readonly look: string }
  | { readonly purge: readonly string[] };

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

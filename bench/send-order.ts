/** What the sender of bench/ingest is asked. */
export type SendOrder = {
  readonly url: string;
  readonly secret: string;
  readonly perSecond: number;
  readonly seconds: number;
  readonly connections: number;
  readonly hireDate: string;
};

/** What it answers: how many it sent, how each was answered, and how long each answer took from the moment at which it was to be sent, in milliseconds. */
export type SendResult = {
  readonly sent: number;
  readonly sendingMs: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly latencies: readonly number[];
};

/** How Gatehouse itself stands, in a few figures. Instants are milliseconds since the epoch, null where there is nothing of the kind. */
export type Vitals = {
  /** Runs that are not over, and those that ended unknown, by state. */
  readonly runs: Readonly<Record<string, number>>;
  /** When the oldest run ended that is unknown still. */
  readonly unknownSince: number | null;
  /** Events that wait to be folded, and when the oldest of them came in. */
  readonly waiting: number;
  readonly waitingSince: number | null;
  /** What waits for a decision, by its code. */
  readonly holds: Readonly<Record<string, number>>;
  /** When the last sweep of leavers began that went through. */
  readonly sweptAt: number | null;
};

export type VitalsStore = {
  read(): Promise<Vitals>;
};

/** The only source of time: milliseconds since the epoch, UTC. */
export type Clock = { now(): number };

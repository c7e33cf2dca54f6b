/** Reads secrets by name, and keeps short-lived ones sealed until they are fetched once. Values never appear in logs, history or audit. */
export type Secrets = {
  /** A configured secret, such as `hr-generic`; throws `config-invalid` where it is not there. */
  read(name: string): Promise<string>;
  /** Seals `value` under `name` until `expiresAt` (milliseconds since the epoch); an older value under the name is gone. */
  keep(name: string, value: string, expiresAt: number): Promise<void>;
  /** Whether something is kept under `name` and still good at `now`. */
  has(name: string, now: number): Promise<boolean>;
  /** Takes the value out: the second call finds nothing. */
  take(name: string, now: number): Promise<string | undefined>;
  /** Throws away what is kept under `name`, unseen; whoever may read none may do this too. */
  forget(name: string): Promise<void>;
};

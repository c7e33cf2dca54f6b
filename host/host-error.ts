/**
 * A problem that the person who starts the host can put right: its message names the file, setting or
 * function, what is wrong with it, and the way out. It is shown as it stands, without a stack trace.
 */
export class HostError extends Error {
  override readonly name = 'HostError';
}

/** Whether an error, or its cause, says that a port is in use (`EADDRINUSE`, https://nodejs.org/api/errors.html#common-system-errors). */
export function isPortBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isPortBusy(error.cause);
}

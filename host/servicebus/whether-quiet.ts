/** In which a client of this machine takes up what was sent to it, such as a message, or the credit for the next one. Milliseconds of wall time. */
const QUIET_MS = 10;

/** Says, each time it is asked, whether no byte has gone over the wire for a moment; `traffic` counts them. */
export function whetherQuiet(traffic: () => number): () => boolean {
  let counted = 0;
  let since = -Infinity;
  return () => {
    const bytes = traffic();
    if (bytes !== counted) since = performance.now();
    counted = bytes;
    return performance.now() - since >= QUIET_MS;
  };
}

/** Remembers what was found under a name for some seconds: long enough for the several looks of one change, too short for the name to become another's. */
export type BriefMemory<Found> = { get(name: string): Found | undefined; set(name: string, found: Found): void };

export function briefMemory<Found>(keepMs: number): BriefMemory<Found> {
  const remembered = new Map<string, { readonly found: Found; readonly until: number }>();
  const forget = (): void => {
    for (const [name, { until }] of remembered) {
      if (until > performance.now()) return;
      remembered.delete(name);
    }
  };
  return {
    get(name) {
      forget();
      return remembered.get(name)?.found;
    },
    set(name, found) {
      forget();
      // Set anew, so that the oldest stands first.
      remembered.delete(name);
      remembered.set(name, { found, until: performance.now() + keepMs });
    },
  };
}

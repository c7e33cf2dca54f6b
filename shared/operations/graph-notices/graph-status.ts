import type { Registry } from '../../ports/registry/registry.ts';

/** How the line to each tenant stands. Times are RFC 3339. */
export type GraphStatus = {
  readonly subscriptions: readonly {
    readonly target: string;
    readonly resource: string;
    readonly id: string;
    readonly expiresAt: string;
    readonly checkedAt: string;
  }[];
  readonly streams: readonly {
    readonly target: string;
    readonly resource: string;
    /** False until everything has been read once. */
    readonly isKnown: boolean;
    /** When it was last read to its end. */
    readonly readAt: string | null;
  }[];
  /** Notices so far, by what became of them. */
  readonly notices: Readonly<Record<string, number>>;
  /** Changes by others so far, by kind. */
  readonly changes: Readonly<Record<string, number>>;
};

/** Reads it from the registry; no tenant is asked. */
export async function graphStatus({ stores: { graphDoor } }: Registry): Promise<GraphStatus> {
  const [subscriptions, cursors, notices, changes] = await Promise.all([
    graphDoor.subscriptions(),
    graphDoor.cursors(),
    graphDoor.noticeCounts(),
    graphDoor.foreignCounts(),
  ]);
  return {
    subscriptions: subscriptions.map(({ target, resource, id, expiresAt, checkedAt }) => ({
      target,
      resource,
      id,
      expiresAt: timed(expiresAt),
      checkedAt: timed(checkedAt),
    })),
    streams: cursors.map(({ target, resource, isKnown, endedAt }) => ({
      target,
      resource,
      isKnown,
      readAt: endedAt === null ? null : timed(endedAt),
    })),
    notices: Object.fromEntries(notices.map(({ fate, count }) => [fate, count])),
    changes: Object.fromEntries(changes.map(({ kind, count }) => [kind, count])),
  };
}

function timed(at: number): string {
  return new Date(at).toISOString();
}

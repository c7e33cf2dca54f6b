import type { NewEvent, RejectedEvent, Taken } from '../ports/registry/inbox.ts';
import type { Registry, Stores } from '../ports/registry/registry.ts';
import { activeTraceparent } from '../telemetry/traceparent.ts';

/** What one delivery leaves to be kept: its good events, and those refused with the reason. */
export type Keeping = { readonly events: readonly NewEvent[]; readonly refused: readonly RejectedEvent[] };

/** Keeps deliveries, each whole or not at all. */
export type EventKeeper = {
  /** Resolves when all of the delivery is committed; how each of its events was taken, in their order. */
  keep(keeping: Keeping): Promise<readonly Taken[]>;
};

type Waiting = {
  readonly keeping: Keeping;
  readonly resolve: (taken: readonly Taken[]) => void;
  readonly reject: (error: unknown) => void;
};

const mostEventsTogether = 1000;

/**
 * Commits deliveries that come in at the same time together: while one transaction is under way the next are gathered, so that a burst costs few transactions and
 * a single delivery waits for nobody. Where a shared transaction fails, each delivery gets one of its own.
 */
export function eventKeeper(registry: Registry): EventKeeper {
  const waiting: Waiting[] = [];
  let isBusy = false;
  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting.length > 0) await keepTogether(registry, takeNext(waiting));
    isBusy = false;
  };
  return {
    keep: (given) =>
      new Promise((resolve, reject) => {
        waiting.push({ keeping: inTrace(given), resolve, reject });
        if (!isBusy) void work();
      }),
  };
}

/** Deliveries that are committed together keep the trace that each came in. */
function inTrace({ events, refused }: Keeping): Keeping {
  const traceparent = activeTraceparent();
  return traceparent === undefined ? { events, refused } : { events: events.map((event) => ({ ...event, traceparent })), refused };
}

function takeNext(waiting: Waiting[]): readonly Waiting[] {
  let events = 0;
  const enough = waiting.findIndex(({ keeping }) => (events += keeping.events.length) >= mostEventsTogether);
  return waiting.splice(0, enough < 0 ? waiting.length : enough + 1);
}

/** Never throws: what fails is told to those who wait. */
async function keepTogether(registry: Registry, together: readonly Waiting[]): Promise<void> {
  try {
    const taken = await commit(
      registry,
      together.map(({ keeping }) => keeping),
    );
    for (const [index, { resolve }] of together.entries()) resolve(taken[index] ?? []);
  } catch (error) {
    const [only, another] = together;
    if (another === undefined) only?.reject(error);
    else for (const one of together) await keepTogether(registry, [one]);
  }
}

async function commit(registry: Registry, keepings: readonly Keeping[]): Promise<readonly (readonly Taken[])[]> {
  const events = keepings.flatMap((keeping) => keeping.events);
  const refused = keepings.flatMap((keeping) => keeping.refused);
  // Taking is one statement, so that only what is refused besides needs a transaction.
  const taken =
    refused.length === 0
      ? await keepEvents(registry.ingest, events)
      : await registry.transaction((stores) => keepBoth(stores, events, refused), { priority: 'ingest' });
  const answers = taken[Symbol.iterator]();
  return keepings.map((keeping) => Array.from(keeping.events, () => answers.next().value).filter((one) => one !== undefined));
}

async function keepBoth(stores: Stores, events: readonly NewEvent[], refused: readonly RejectedEvent[]): Promise<readonly Taken[]> {
  for (const one of refused) await stores.inbox.reject(one);
  return keepEvents(stores, events);
}

/** One whose id is known with another body is kept among the rejected: the first body counts. */
async function keepEvents(stores: Stores, events: readonly NewEvent[]): Promise<readonly Taken[]> {
  const taken = await stores.inbox.take(events);
  for (const [index, { source, eventId, receivedAt, body }] of events.entries()) {
    if (taken[index]?.is !== 'conflict') continue;
    const reason = `The event ${eventId} is known with another body; the first one counts.`;
    await stores.inbox.reject({ source, receivedAt, reason, excerpt: excerptOf(body) });
  }
  return taken;
}

const excerptLength = 4000;

/** The start of a text, as it is kept for people: PostgreSQL takes no NUL in text (https://www.postgresql.org/docs/15/datatype-character.html). */
export function excerptOf(text: string): string {
  return text.replaceAll('\0', '').slice(0, excerptLength);
}

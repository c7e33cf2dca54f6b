import type { Kysely } from 'kysely';
import type { VitalsStore } from '../../ports/registry/vitals.ts';
import type { Database } from '../schema.ts';

const told = ['pending', 'planned', 'starting', 'active', 'held', 'unknown'] as const;

/** A few counts, each over rows that are not settled: what is over is not looked at. */
export function vitalsStore(database: Kysely<Database>): VitalsStore {
  return {
    async read() {
      const [runs, events, holds, sweep] = await Promise.all([
        runsByState(database),
        waitingEvents(database),
        holdsByCode(database),
        lastSweep(database),
      ]);
      const counts = new Map(runs.map(({ state, count }) => [state, Number(count)]));
      return {
        runs: Object.fromEntries(told.map((state) => [state, counts.get(state) ?? 0])),
        unknownSince: runs.find(({ state }) => state === 'unknown')?.since ?? null,
        waiting: Number(events.count),
        waitingSince: events.since,
        holds: Object.fromEntries(holds.map(({ code, count }) => [code, Number(count)])),
        sweptAt: sweep.at,
      };
    },
  };
}

function runsByState(database: Kysely<Database>) {
  const query = database.selectFrom('run').where('state', 'in', told).groupBy('state');
  return query.select(({ fn }) => ['state', fn.countAll<number>().as('count'), fn.min('ended_at').as('since')]).execute();
}

function waitingEvents(database: Kysely<Database>) {
  const query = database.selectFrom('inbox').where('state', '=', 'received');
  return query
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<number | null>('received_at').as('since')])
    .executeTakeFirstOrThrow();
}

function holdsByCode(database: Kysely<Database>) {
  const query = database.selectFrom('hold').where('resolved_at', 'is', null).groupBy('code');
  return query.select(({ fn }) => ['code', fn.countAll<number>().as('count')]).execute();
}

function lastSweep(database: Kysely<Database>) {
  const query = database.selectFrom('sweep').where('ended_at', 'is not', null);
  return query.select(({ fn }) => fn.max<number | null>('started_at').as('at')).executeTakeFirstOrThrow();
}

import { type Kysely, sql } from 'kysely';
import type { Lane, Run, RunFilter, RunStore } from '../../ports/registry/runs.ts';
import type { Database } from '../schema.ts';
import { toRun, toRunTable } from './run-row.ts';

/** Runs, and who holds which lane. */
export function runStore(database: Kysely<Database>): RunStore {
  return { ...runRows(database), ...runsToTend(database), ...runTransitions(database), ...definitions(database) };
}

type RunRows = Pick<RunStore, 'plan' | 'byId' | 'list' | 'counts'>;
type RunsToTend = Pick<RunStore, 'startable' | 'underWay' | 'stuckStarting' | 'quiet' | 'unfinishedOf' | 'waitingOf'>;

function runRows(database: Kysely<Database>): RunRows {
  return {
    async plan(run) {
      await database
        .insertInto('run')
        .values({ ...toRunTable(run), starting_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async byId(id) {
      const row = await database.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRun(row);
    },
    list: (filter) => listRuns(database, filter),
    async counts() {
      const query = database
        .selectFrom('run')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state');
      return Object.fromEntries((await query.execute()).map((row) => [row.state, row.count]));
    },
  };
}

/** Runs that somebody has to see to. */
function runsToTend(database: Kysely<Database>): RunsToTend {
  return {
    async startable(now, limit, lane) {
      let due = database.selectFrom('run').select('id').where('state', '=', 'planned').where('due_at', '<=', now).where(laneIsFree);
      if (lane !== undefined) due = due.where('lane', '=', lane);
      // Containment goes first: 'contain' comes before 'work'.
      const rows = await due.orderBy('lane').orderBy('due_at').limit(limit).execute();
      return rows.map((row) => row.id);
    },
    underWay: (lane) => underWay(database, lane),
    async unfinishedOf(person) {
      const query = database.selectFrom('run').selectAll().where('person_id', '=', person).where('state', 'in', unfinished);
      return (await query.orderBy('id').execute()).map(toRun);
    },
    async waitingOf(batchId) {
      const query = database.selectFrom('run').selectAll().where('batch_id', '=', batchId).where('state', 'in', ['pending', 'held']);
      return (await query.orderBy('id').execute()).map(toRun);
    },
    async stuckStarting(before, now, limit) {
      const longest = database
        .selectFrom('run')
        .select('id')
        .where('state', '=', 'starting')
        .where('starting_at', '<', before)
        .orderBy('starting_at')
        .limit(limit);
      const query = database
        .updateTable('run')
        .set({ starting_at: now })
        .where('id', 'in', longest.forUpdate().skipLocked())
        .where('state', '=', 'starting')
        .returningAll();
      return (await query.execute()).map(toRun);
    },
    async quiet(before, limit) {
      const query = database
        .selectFrom('run')
        .selectAll()
        .where('state', '=', 'active')
        .where('started_at', '<', before)
        .where(sql<boolean>`not exists (select 1 from step where step.run_id = run.id and step.last_at >= ${before})`)
        .limit(limit);
      return (await query.execute()).map(toRun);
    },
  };
}

async function underWay(database: Kysely<Database>, lane: Lane): ReturnType<RunStore['underWay']> {
  const isWaiting = sql<boolean>`exists (select 1 from step where step.run_id = run.id and step.state = 'waiting')`;
  const counted = database
    .selectFrom('run')
    .select(({ fn }) => [fn.countAll<number>().as('inAll'), fn.countAll<number>().filterWhere(isWaiting).as('waiting')]);
  return counted.where('state', 'in', ['starting', 'active']).where('lane', '=', lane).executeTakeFirstOrThrow();
}

const unfinished = ['pending', 'planned', 'starting', 'active', 'held'];

async function listRuns(database: Kysely<Database>, filter: RunFilter): Promise<readonly Run[]> {
  let query = database.selectFrom('run').selectAll();
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.workflow !== undefined) query = query.where('workflow', '=', filter.workflow);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.after !== undefined) query = query.where('id', '<', filter.after);
  return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(toRun);
}

type RunTransitions = Pick<
  RunStore,
  | 'beginStart'
  | 'claim'
  | 'park'
  | 'end'
  | 'supersede'
  | 'wake'
  | 'wakeRun'
  | 'wakePaused'
  | 'decide'
  | 'decideBatch'
  | 'release'
  | 'cancelPlanned'
>;

function runTransitions(database: Kysely<Database>): RunTransitions {
  const active = (id: string, attempt: number) =>
    database.updateTable('run').where('id', '=', id).where('attempt', '=', attempt).where('state', '=', 'active');
  return {
    beginStart: (id, now) => beginStart(database, id, now),
    async claim(id, attempt) {
      const row = await database
        .updateTable('run')
        .set((column) => ({
          state: 'active',
          starting_at: null,
          started_at: sql<number>`coalesce(${column.ref('started_at')}, ${column.ref('starting_at')})`,
        }))
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .where('state', 'in', ['starting', 'active'])
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async park(id, attempt, dueAt, note) {
      return (await active(id, attempt).set({ state: 'planned', due_at: dueAt, note }).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async end({ id, attempt, state, note, at }) {
      return (await active(id, attempt).set({ state, note, ended_at: at }).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async supersede(person, epoch, at) {
      const result = await database
        .updateTable('run')
        .set({ state: 'superseded', ended_at: at, note: 'Something newer about this person came in.' })
        .where('person_id', '=', person)
        .where('epoch', '<', epoch)
        .where('state', 'in', unfinished)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    ...wakings(database),
    ...decisions(database),
  };
}

function wakings(database: Kysely<Database>): Pick<RunStore, 'wake' | 'wakeRun' | 'wakePaused'> {
  return {
    async wake(person, now) {
      const result = await database
        .updateTable('run')
        .set({ due_at: now })
        .where('person_id', '=', person)
        .where('state', '=', 'planned')
        // Only what was parked: a run that was never started waits for its day.
        .where('attempt', '>', 0)
        .where('due_at', '>', now)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async wakeRun(id, now) {
      const parked = database
        .updateTable('run')
        .set({ due_at: now })
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .where('attempt', '>', 0);
      return (await parked.where('due_at', '>', now).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async wakePaused(now) {
      const result = await database
        .updateTable('run')
        .set({ due_at: now })
        .where('state', '=', 'planned')
        .where('attempt', '>', 0)
        .where('due_at', '>', now)
        // Nothing else is put away with a step that is held.
        .where(sql<boolean>`exists (select 1 from step where step.run_id = run.id and step.state = 'held')`)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}

function decided(to: 'planned' | 'held' | 'cancelled', note: string | null, at: number) {
  return { state: to, note, ...(to === 'planned' ? { ended_at: null, started_at: null } : { ended_at: at }) };
}

function decisions(database: Kysely<Database>): Pick<RunStore, 'decide' | 'decideBatch' | 'release' | 'cancelPlanned'> {
  return {
    async decide({ id, to, by, note, at }) {
      const result = await database
        .updateTable('run')
        .set({ ...decided(to, note, at), ...(by === null ? {} : { released_by: by }) })
        .where('id', '=', id)
        .where('state', 'in', ['pending', 'held'])
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async decideBatch(batchId, { to, note, at }) {
      const pending = database.updateTable('run').where('batch_id', '=', batchId).where('state', '=', 'pending');
      await pending.set(decided(to, note, at)).execute();
    },
    async release(id, by) {
      const result = await database
        .updateTable('run')
        .set({ released_by: by })
        .where('id', '=', id)
        .where('state', 'in', ['planned', 'starting', 'active'])
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async cancelPlanned(id, note, at) {
      const result = await database
        .updateTable('run')
        .set({ state: 'cancelled', note, ended_at: at })
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

const laneIsFree = sql<boolean>`not exists (select 1 from run other
  where other.person_id = run.person_id and other.lane = run.lane and other.state in ('starting','active'))`;

/** The person's row is locked first, so that two starters of one lane come one after the other and the second finds it taken. */
async function beginStart(database: Kysely<Database>, id: string, now: number): Promise<Run | undefined> {
  const owner = await database.selectFrom('run').select('person_id').where('id', '=', id).executeTakeFirst();
  if (owner === undefined) return undefined;
  await database.selectFrom('person').select('id').where('id', '=', owner.person_id).forUpdate().execute();
  const row = await database
    .updateTable('run')
    .set((column) => ({ state: 'starting', starting_at: now, attempt: column('attempt', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .where('due_at', '<=', now)
    .where(laneIsFree)
    .returningAll()
    .executeTakeFirst();
  return row && toRun(row);
}

function definitions(database: Kysely<Database>): Pick<RunStore, 'saveDefinition' | 'definition'> {
  return {
    async saveDefinition(hash, body) {
      await database
        .insertInto('definition')
        .values({ hash, body })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async definition(hash) {
      return (await database.selectFrom('definition').select('body').where('hash', '=', hash).executeTakeFirst())?.body;
    },
  };
}

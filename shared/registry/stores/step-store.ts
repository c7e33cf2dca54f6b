import { type Kysely, sql } from 'kysely';
import type { StepRow, StepStore } from '../../ports/registry/runs.ts';
import type { Database } from '../schema.ts';

/** What was decided or paused meanwhile begins its waiting anew. */
const sinceWaiting = sql<number>`case when step.state in ('waiting','parked') then step.first_at else excluded.first_at end`;

/** Steps as last settled. */
export function stepStore(database: Kysely<Database>): StepStore {
  return {
    async of(run) {
      const rows = await database.selectFrom('step').selectAll().where('run_id', '=', run).orderBy('position').execute();
      return rows.map((row) => ({
        runId: row.run_id,
        stepId: row.step_id,
        position: row.position,
        task: row.task,
        state: row.state as StepRow['state'],
        summary: row.summary,
        gaps: row.gaps,
        claim: row.claim as StepRow['claim'],
        attempts: row.attempts,
        firstAt: row.first_at,
        lastAt: row.last_at,
      }));
    },
    async record(row, attempts) {
      const claim = row.claim === null ? null : JSON.stringify(row.claim);
      const changing = { state: row.state, summary: row.summary, gaps: row.gaps, last_at: row.lastAt, claim };
      const recorded = await database
        .insertInto('step')
        .values({
          run_id: row.runId,
          step_id: row.stepId,
          position: row.position,
          task: row.task,
          ...changing,
          attempts: 1,
          first_at: row.lastAt,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['run_id', 'step_id'])
            .doUpdateSet((column) => ({ ...changing, attempts: column('step.attempts', '+', 1), first_at: sinceWaiting }))
            .where((column) => (attempts === undefined ? column.lit(true) : column('step.attempts', '=', attempts))),
        )
        .returning('step_id')
        .executeTakeFirst();
      return recorded !== undefined;
    },
  };
}

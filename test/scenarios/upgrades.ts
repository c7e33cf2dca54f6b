import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '../support/product.ts';
import type { OperationsStage } from './operations-stage.ts';
import { stepsOf, untilRun } from './runs.ts';
import { contractor, employee } from './workers.ts';

const checkout = resolve(import.meta.dirname, '../..');
const detail = z.object({ steps: z.array(z.object({ stepId: z.string(), state: z.string(), attempts: z.number() })) });
const instances = z.array(z.object({ id: z.string(), version: z.string(), output: z.string().nullable() }));

/** It begins with a timer, which no history of the version before has: without the question for the version, replaying one would fail. */
const nextOrchestrator = `
import { sleep } from './durable.ts';
import { runWorkflow as asBefore } from './run-workflow-1.0.ts';
export function* runWorkflow(context) {
  if (context.df.version !== '2.0') return yield* asBefore(context);
  yield* sleep(context, 1);
  return (yield* asBefore(context)) + ', by 2.0';
}
`;

/** The product as its next version: an orchestrator that takes other steps, and the number that says so. */
function nextVersion(folder: string): string {
  const app = join(folder, 'app');
  mkdirSync(app);
  for (const name of ['functions', 'orchestrations', 'package.json', 'servicebus.json'])
    cpSync(join(checkout, name), join(app, name), { recursive: true });
  for (const name of ['shared', 'console', 'node_modules']) symlinkSync(join(checkout, name), join(app, name));
  const orchestrations = join(app, 'orchestrations');
  renameSync(join(orchestrations, 'run-workflow.ts'), join(orchestrations, 'run-workflow-1.0.ts'));
  writeFileSync(join(orchestrations, 'run-workflow.ts'), nextOrchestrator);
  const host = readFileSync(join(checkout, 'host.json'), 'utf8');
  writeFileSync(join(app, 'host.json'), host.replace('"defaultVersion": "1.0"', '"defaultVersion": "2.0"'));
  return app;
}

/** The workflow for contractors as the next version has it: without the mail to the worker, and with steps under other names. */
function changeWorkflow(config: string): void {
  const path = join(config, 'workflows/joiner-cloud.yaml');
  writeFileSync(
    path,
    readFileSync(path, 'utf8')
      .replace('id: entra-account', 'id: account-in-entra')
      .replace(/.*id: welcome-to-worker.*\n/, ''),
  );
}

/** A new version is put in place of the old one while runs are under way. */
export function upgradesMeetRuns(stage: () => OperationsStage): void {
  describe('An upgrade in the middle of runs', () => {
    it('lets what is in hand end, has old runs end on the old version, and starts new ones on the new', async () => {
      const { gatehouse, config, folder } = stage();
      const { world } = gatehouse;
      // One run waits for a sync that does not come; another has a call in hand that takes its time.
      await world.post('/settings', { cloudSync: { intervalMs: 3_600_000 } });
      await gatehouse.tell(employee('39401', { name: { given: 'Old', family: 'Waiting' } }));
      const waiting = await untilStep(stage(), '39401', 'synced-account', 'waiting');
      await world.post('/faults', { system: 'graph', operation: 'users.create', phase: 'before', effect: { delayMs: 2500 } });
      await gatehouse.tell(contractor('39402', { name: { given: 'Old', family: 'In Hand' } }));
      const inHand = await untilRun(gatehouse, '39402', 'active', 'joiner-cloud');

      changeWorkflow(config);
      await gatehouse.restart(nextVersion(folder));
      await world.post('/settings', { cloudSync: { intervalMs: 200 } });
      await gatehouse.tell(contractor('39403', { name: { given: 'New', family: 'Comer' } }));
      const [, , fresh] = [
        await untilRun(gatehouse, '39401', 'done', 'joiner-hybrid'),
        await untilRun(gatehouse, '39402', 'done', 'joiner-cloud'),
        await untilRun(gatehouse, '39403', 'done', 'joiner-cloud'),
      ];

      const stepIds = async (runId: string) => (await stepsOf(gatehouse, runId)).steps.map(({ stepId }) => stepId);
      expect(await stepIds(inHand.id)).toEqual(expect.arrayContaining(['entra-account', 'welcome-to-worker']));
      expect(await stepIds(fresh.id)).toContain('account-in-entra');
      expect(await stepIds(fresh.id)).not.toContain('welcome-to-worker');
      // The activity that was in hand when the signal came had ended before the process did: it was not done again.
      const { steps } = detail.parse(await gatehouse.product.ask(`/api/runs/${inHand.id}`));
      expect(steps.find(({ stepId }) => stepId === 'entra-account')).toMatchObject({ state: 'done', attempts: 1 });

      await gatehouse.end();
      const versions = versionsIn(gatehouse.product.dataFolder);
      expect(versions.get(`${waiting}.1`)).toEqual({ version: '1.0', output: 'ended' });
      expect(versions.get(`${inHand.id}.1`)).toEqual({ version: '1.0', output: 'ended' });
      expect(versions.get(`${fresh.id}.1`)).toEqual({ version: '2.0', output: 'ended, by 2.0' });
    });
  });
}

async function untilStep({ gatehouse }: OperationsStage, workerId: string, stepId: string, state: string): Promise<string> {
  const { id } = await untilRun(gatehouse, workerId, 'active', 'joiner-hybrid');
  await until(`${stepId} of ${workerId} is ${state}`, async () =>
    (await stepsOf(gatehouse, id)).steps.some((step) => step.stepId === stepId && step.state === state),
  );
  return id;
}

function versionsIn(dataFolder: string): ReadonlyMap<string, { readonly version: string; readonly output: string | null }> {
  const database = new DatabaseSync(join(dataFolder, 'host.sqlite'), { readOnly: true });
  try {
    const rows = instances.parse(database.prepare('SELECT id, version, output FROM instance').all());
    return new Map(
      rows.map(({ id, version, output }) => [id, { version, output: output === null ? null : (JSON.parse(output) as string) }]),
    );
  } finally {
    database.close();
  }
}

// A product process without a host: does what a line on its input asks for, many at once, and answers each on its output.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { compose } from '../../functions/compose/compose.ts';
import type { Create } from '../../shared/domain/change.ts';
import { openIntent } from '../../shared/gate/open-intent.ts';
import { claimRun } from '../../shared/operations/claim-run.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { startRuns } from '../../shared/operations/start-runs.ts';
import { takeBaseline } from '../../shared/operations/take-baseline.ts';
import { carryOutRunsOf } from '../support/carry-out.ts';

/** What such a process can be asked to do. */
export type Order =
  | { readonly do: 'baseline' }
  | { readonly do: 'fold'; readonly inboxId: string }
  | { readonly do: 'start' }
  | { readonly do: 'claim'; readonly runId: string; readonly attempt: number }
  | { readonly do: 'open'; readonly runId: string; readonly personId: string; readonly change: Create }
  | { readonly do: 'reserve'; readonly key: string; readonly references: readonly string[]; readonly limit: number }
  | { readonly do: 'carry-out'; readonly personId: string };

const { operations } = await compose(process.env);

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'baseline':
      return takeBaseline(operations, 'generic');
    case 'fold':
      return foldEvent(operations, order.inboxId);
    case 'start': {
      const started: string[] = [];
      const start = (instanceId: string) => Promise.resolve(started.push(instanceId)).then(() => 'started' as const);
      await startRuns(operations, { start, isUnderWay: () => Promise.resolve(true) });
      return started;
    }
    case 'claim':
      return (await claimRun(operations, order)).is;
    case 'open': {
      const { runId, personId, change } = order;
      const request = {
        runId,
        stepId: 'ad-account',
        personId,
        lane: 'work',
        epoch: 1,
        actor: 'test',
        signal: AbortSignal.timeout(10_000),
        released: false,
        agreed: false,
        privileged: new Map<string, Promise<boolean>>(),
      } as const;
      return (await openIntent(operations.gate, { change, position: 0, request })).is;
    }
    case 'reserve': {
      const now = operations.clock.now();
      const reserve = (reference: string) =>
        operations.registry.transaction((stores) =>
          stores.budgets.reserve({ key: order.key, reference, now, windowMs: 60_000, limit: order.limit }),
        );
      return Promise.all(order.references.map(reserve));
    }
    case 'carry-out':
      return carryOutRunsOf(operations, order.personId);
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, order }: { readonly id: number; readonly order: Order } = JSON.parse(line);
  obey(order).then(
    (result) => console.log(`answer ${JSON.stringify({ id, result: result ?? null })}`),
    (error: unknown) => console.log(`answer ${JSON.stringify({ id, error: String(error) })}`),
  );
});
console.log('ready');

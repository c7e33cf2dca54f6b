import { type ErrorCode, GatehouseError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { AccountView } from '../account-views.ts';
import type { DeadLetterView } from '../dead-letters/list-dead-letters.ts';
import type { PersonErased } from '../erasure/erase-person.ts';
import type { Looks } from './looks.ts';

/** What came of a look. */
export type LookAnswer =
  | { readonly is: 'seen'; readonly value: unknown }
  | { readonly is: 'error'; readonly code: ErrorCode; readonly message: string };

export type LookDeps = { readonly registry: Registry; readonly clock: Clock; readonly ids: Ids; readonly queue: Queue };

const pauseMs = 100;
/** Callers give up after minutes; a front end of Azure after 230 s (https://learn.microsoft.com/azure/azure-functions/functions-scale). */
const patienceMs = 200_000;

/** The looks of a process that has no target: it asks the one that has, through a queue, and waits. Throws `target-unavailable` where that does not answer in time, and what it answers otherwise. */
export function lookingByOthers(deps: LookDeps): Looks {
  return {
    plan: async (demand) => String(await look(deps, 'plan', demand)),
    // Written by this product, in the process with the targets.
    accounts: async (personId) => (await look(deps, 'accounts', personId)) as readonly AccountView[],
    mayUndo: async (personId) => void (await look(deps, 'undo', personId)),
    erase: async (erasure) => (await look(deps, 'erase', erasure)) as PersonErased,
    deadLetters: async (mostOfEach) => (await look(deps, 'dead letters', mostOfEach)) as readonly DeadLetterView[],
    settleDeadLetters: async (order) => Number(await look(deps, 'settle dead letters', order)),
  };
}

function pause(): Promise<void> {
  return new Promise((resume) => void setTimeout(resume, pauseMs));
}

async function look({ registry, clock, ids, queue }: LookDeps, kind: string, input: unknown): Promise<unknown> {
  const { looks } = registry.stores;
  const id = ids.next();
  await looks.ask({ id, kind, input, at: clock.now() });
  try {
    await queue.send([{ queue: 'work-requests', messageId: `look/${id}`, body: { look: id } }], AbortSignal.timeout(5000));
    for (const end = performance.now() + patienceMs; performance.now() < end; await pause()) {
      const answer = (await looks.take(id)) as LookAnswer | undefined;
      if (answer?.is === 'seen') return answer.value;
      if (answer?.is === 'error') throw new GatehouseError(answer.code, answer.message);
    }
    throw new GatehouseError('target-unavailable', 'The app that looks at targets has not answered. Try again, and see whether it runs.');
  } finally {
    await looks.forget(id);
  }
}

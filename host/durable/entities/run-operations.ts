import { z } from 'zod';
import { logLine } from '../../log-line.ts';
import { messageOf } from '../../message-of.ts';
import type { DurableFunctions } from '../call-function.ts';
import { entityIdOf } from './entity-id.ts';
import type { RequestMessage } from './entity-message.ts';
import type { EntityRow } from './entity-rows.ts';

const answer = z.object({
  entityExists: z.boolean().nullish(),
  entityState: z.string().nullish(),
  results: z.array(z.object({ isError: z.boolean(), result: z.string().nullish() })),
  signals: z.array(z.object({ target: z.object({ name: z.string(), key: z.string() }), name: z.string(), input: z.string().nullish() })),
});

/** What a batch of operations comes to; `results` are in the order of the operations, `result` is JSON. */
export type OperationsOutcome = {
  readonly exists: boolean;
  readonly state: string | null;
  readonly results: readonly { readonly isError: boolean; readonly result: string | null }[];
  readonly signals: z.infer<typeof answer>['signals'];
};

/**
 * Calls the entity function once for a batch of operations, in the form of the extension (`TaskEntityShim.cs`,
 * `ExecuteOutOfProcBatch`). An operation that throws fails alone; where the call as a whole fails, so do all of its
 * operations, and the state stays.
 */
export async function runOperations(
  functions: DurableFunctions,
  entity: EntityRow,
  operations: readonly RequestMessage[],
): Promise<OperationsOutcome> {
  const self = entityIdOf(entity.id);
  const batch = operations.map(({ op, input, signal, id }) => ({ name: op, input: input ?? null, isSignal: signal === true, id }));
  try {
    const fn = functions.find(self.name, 'entity');
    if ('missing' in fn) throw new Error(fn.missing);
    const text = await functions.call(fn, JSON.stringify({ self, exists: entity.exists, state: entity.state, batch }));
    const { entityExists, entityState, results, signals } = answer.parse(JSON.parse(text ?? 'null'));
    const each = operations.map(
      (_, index) => results[index] ?? { isError: true, result: '"The entity gave no result for this operation."' },
    );
    for (const [index, { isError, result }] of each.entries())
      if (isError) logLine('error', self.name, `Operation '${operations[index]?.op}' of entity ${entity.id} failed: ${result}`);
    return {
      exists: entityExists === true,
      state: entityState ?? null,
      results: each.map(({ isError, result }) => ({ isError, result: result ?? null })),
      signals,
    };
  } catch (error) {
    const reason = `Entity function '${self.name}' failed: ${messageOf(error)}`;
    logLine('error', self.name, reason);
    const failure = { isError: true, result: JSON.stringify(reason) };
    return { exists: entity.exists, state: entity.state, results: operations.map(() => failure), signals: [] };
  }
}

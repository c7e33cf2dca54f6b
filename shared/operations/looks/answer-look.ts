import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';
import type { LookAnswer } from './ask-look.ts';
import type { Looks } from './looks.ts';

const demand = z.object({ workflow: z.string(), people: z.union([z.literal('everyone'), z.array(z.string())]), actor: z.string() });
const erasure = z.object({ personId: z.string(), actor: z.string(), reason: z.string() });
const deadLetterOrder = z.object({
  which: z.union([z.literal('all'), z.object({ queue: z.string(), sequence: z.string() })]),
  fate: z.enum(['replay', 'discard']),
  actor: z.string(),
  reason: z.string(),
});

/** Looks for a process without targets, and writes down what was seen or why not. A look that nobody waits for any more has no effect. Throws `store-unavailable` where the registry is away. */
export async function answerLook(deps: Pick<OperationDeps, 'registry' | 'log'>, own: Looks, id: string): Promise<void> {
  const { looks } = deps.registry.stores;
  const look = await looks.byId(id);
  if (look !== undefined) await looks.answer(id, await answerTo(deps, own, look));
}

async function seen(own: Looks, kind: string, input: unknown): Promise<unknown> {
  switch (kind) {
    case 'plan':
      return own.plan(demand.parse(input));
    case 'accounts':
      return own.accounts(z.string().parse(input));
    case 'undo':
      return (await own.mayUndo(z.string().parse(input))) ?? null;
    case 'erase':
      return own.erase(erasure.parse(input));
    case 'dead letters':
      return own.deadLetters(z.number().parse(input));
    case 'settle dead letters':
      return own.settleDeadLetters(deadLetterOrder.parse(input));
    default:
      throw new GatehouseError('input-invalid', `There is no look “${kind}”: the apps are of different versions.`);
  }
}

async function answerTo(
  { log }: Pick<OperationDeps, 'log'>,
  own: Looks,
  { kind, input }: { readonly kind: string; readonly input: unknown },
): Promise<LookAnswer> {
  try {
    return { is: 'seen', value: await seen(own, kind, input) };
  } catch (error) {
    if (!(error instanceof GatehouseError)) log.error('A look failed in a way that nobody foresaw.', { kind, error });
    const known =
      error instanceof GatehouseError ? error : new GatehouseError('internal', 'Something went wrong inside Gatehouse; the log has it.');
    if (known.code === 'store-unavailable') throw known;
    return { is: 'error', code: known.code, message: known.message };
  }
}

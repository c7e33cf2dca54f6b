import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';
import type { LookAnswer } from './ask-look.ts';
import { type Looks, ownLooks } from './looks.ts';

const demand = z.object({ workflow: z.string(), people: z.union([z.literal('everyone'), z.array(z.string())]), actor: z.string() });

/** Looks for a process without targets, and writes down what was seen or why not. A look that nobody waits for any more has no effect. Throws `store-unavailable` where the registry is away. */
export async function answerLook(deps: OperationDeps, id: string): Promise<void> {
  const { looks } = deps.registry.stores;
  const look = await looks.byId(id);
  if (look !== undefined) await looks.answer(id, await answerTo(deps, look));
}

async function seen(own: Looks, kind: string, input: unknown): Promise<unknown> {
  if (kind === 'plan') return own.plan(demand.parse(input));
  const personId = z.string().parse(input);
  if (kind === 'accounts') return own.accounts(personId);
  await own.mayUndo(personId);
  return null;
}

async function answerTo(deps: OperationDeps, { kind, input }: { readonly kind: string; readonly input: unknown }): Promise<LookAnswer> {
  try {
    return { is: 'seen', value: await seen(ownLooks(deps), kind, input) };
  } catch (error) {
    if (!(error instanceof GatehouseError)) deps.log.error('A look failed in a way that nobody foresaw.', { kind, error });
    const known =
      error instanceof GatehouseError ? error : new GatehouseError('internal', 'Something went wrong inside Gatehouse; the log has it.');
    if (known.code === 'store-unavailable') throw known;
    return { is: 'error', code: known.code, message: known.message };
  }
}

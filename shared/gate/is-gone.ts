import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import type { ErrorCode } from '../errors.ts';

const notFound: ErrorCode = 'target-not-found';

/**
 * Whether the account is no more, after a reading or a writing met the error or problem: somebody has deleted it, or a sync has with the one that masters it. That something is not found does not say what,
 * so that the account itself is looked for.
 */
export async function isGone(target: ReadableTarget, account: string, met: unknown, signal: AbortSignal): Promise<boolean> {
  if (typeof met !== 'object' || met === null || !('code' in met) || met.code !== notFound) return false;
  const { accounts } = target.reads;
  return accounts !== undefined && (await accounts.byId(account, signal)) === undefined;
}

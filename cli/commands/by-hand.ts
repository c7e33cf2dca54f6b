import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Writes down what was done by hand, and shows how the person's accounts are seen now. `isShut` only where every one that could be seen is shut, and all could be. */
export async function noteByHand(
  client: Client,
  key: string,
  { did, at }: { readonly did: string; readonly at: string },
): Promise<{ readonly text: string; readonly isShut: boolean }> {
  const { accounts } = answers.byHand.parse(await client.post(`/api/people/${encodeURIComponent(key)}/by-hand`, { did, at }));
  const rows = accounts.map(({ target, nativeId, actual }) => [target, nativeId, stateOf(actual)]);
  const isShut = accounts.every(({ actual }) => actual.is === 'missing' || (actual.is === 'seen' && actual.enabled === false));
  const verdict = isShut
    ? 'Every account is seen to be shut.'
    : 'NOT every account is seen to be shut: gatehouse run contain-now shuts what is open.';
  return { text: `Written down.\n${showTable([['TARGET', 'ACCOUNT', 'NOW'], ...rows])}\n${verdict}`, isShut };
}

function stateOf({
  is,
  enabled,
  message,
}: {
  readonly is: string;
  readonly enabled?: boolean | undefined;
  readonly message?: string | undefined;
}): string {
  if (is === 'seen') return enabled === true ? 'OPEN' : 'shut';
  return message === undefined ? is : `${is}: ${message}`;
}

import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Lists what the queues have put aside, the oldest first. */
export async function showDeadLetters(client: Client): Promise<string> {
  const { deadLetters } = answers.deadLetters.parse(await client.get('/api/dead-letters'));
  if (deadLetters.length === 0) return 'There are no dead letters.';
  return showTable([
    ['QUEUE', 'NUMBER', 'SINCE', 'TRIED', 'WHY', 'WHAT'],
    ...deadLetters.map((one) => [one.queue, one.sequence, one.enqueuedAt, String(one.deliveries), one.reason ?? '', one.about]),
  ]);
}

/** Hands one dead letter, or all, to its queue again, or throws it away. Without a number it has to be said that all are meant. */
export async function settleDeadLetters(
  client: Client,
  fate: 'replay' | 'discard',
  which: { readonly queue?: string | undefined; readonly sequence?: string | undefined; readonly all?: boolean; readonly reason: string },
): Promise<string> {
  const { queue, sequence, all, reason } = which;
  const body = all === true ? { all, reason } : { queue, sequence, reason };
  const { settled } = answers.settled.parse(await client.post(`/api/dead-letters/${fate}`, body, 150_000));
  const count = settled === 1 ? '1 message' : `${settled} messages`;
  return fate === 'replay' ? `Handed to the queues again: ${count}.` : `Thrown away: ${count}.`;
}

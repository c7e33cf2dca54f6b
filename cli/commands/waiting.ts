import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Lists what waits for a person's decision. */
export async function showHolds(client: Client): Promise<string> {
  const { holds } = answers.holds.parse(await client.get('/api/holds'));
  if (holds.length === 0) return 'Nothing is held.';
  return showTable([
    ['SINCE', 'WHAT', 'CODE', 'WHY', 'REFERENCE', 'HOLD'],
    ...holds.map((hold) => [hold.at, hold.kind, hold.code, hold.message, hold.reference, hold.id]),
  ]);
}

/** Lists events that were refused, with the reason, and how many stand where. */
export async function showEvents(client: Client): Promise<string> {
  const { counts, rejected } = answers.events.parse(await client.get('/api/events'));
  const summary = Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
  return `${summary}; ${rejected.length} refused\n${showTable([['RECEIVED', 'SOURCE', 'WHY'], ...rejected.map((event) => [event.receivedAt, event.source, event.reason])])}`;
}

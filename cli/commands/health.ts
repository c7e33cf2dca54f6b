import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Shows how each dependency stands. `isUp` only where none is down. */
export async function showHealth(client: Client): Promise<{ readonly text: string; readonly isUp: boolean }> {
  const { status, dependencies } = answers.health.parse(await client.get('/api/health'));
  const rows = dependencies.map(({ name, state, lastSuccessAt, message }) => [name, state, lastSuccessAt ?? 'never', message ?? '']);
  return { text: `Gatehouse is ${status}.\n${showTable([['WHAT', 'STATE', 'LAST SEEN UP', 'WHY'], ...rows])}`, isUp: status === 'up' };
}

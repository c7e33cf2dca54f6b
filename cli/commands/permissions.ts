import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Lists what has to be granted in Microsoft Graph; with `calls` also which call needs it. */
export async function showPermissions(client: Client, { calls }: { readonly calls?: boolean }): Promise<string> {
  const { graph } = answers.permissions.parse(await client.get('/api/permissions'));
  const rows =
    calls === true
      ? graph.flatMap((use) => use.calls.map((call) => [use.permission, call]))
      : graph.map((use) => [use.permission, use.for]);
  return showTable([['PERMISSION', calls === true ? 'CALL' : 'FOR'], ...rows]);
}

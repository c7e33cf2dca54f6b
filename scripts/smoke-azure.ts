// npm run smoke:azure -- --test-tenant <id> [--yes]: one hire and one leaver in a test tenant, each step compared with what the targets themselves say. Exit code 1 when anything differs.
import process from 'node:process';
import { z } from 'zod';
import { createClient } from '../cli/client.ts';
import { plainCall } from './smoke/eyes/plain-call.ts';
import { showFacts, showRows } from './smoke/report.ts';
import { type Eyes, openEyes } from './smoke/open-eyes.ts';
import { readSmokeOptions, type SmokeOptions } from './smoke/read-smoke-options.ts';
import { runSmoke } from './smoke/run-smoke.ts';
import { smokePerson } from './smoke/smoke-person.ts';

const health = z.object({
  status: z.string(),
  dependencies: z.array(z.object({ name: z.string(), state: z.string(), lastSuccessAt: z.string().nullable() })),
});

try {
  const options = readSmokeOptions(process.argv.slice(2));
  const eyes = openEyes(process.env);
  await requireTestTenant(options, eyes);
  const now = await timeOfGatehouse();
  if (options.acts) await act(options, eyes, now);
  else await describe(options, eyes, now);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Throws unless the tenant that the token is of is the one that was named as being for tests, and the token for Gatehouse is of the same. */
async function requireTestTenant({ testTenant }: SmokeOptions, { open }: Eyes): Promise<void> {
  const tenant = await open.find(({ kind }) => kind === 'entra')?.whose();
  if (tenant?.toLowerCase() !== testTenant.toLowerCase())
    throw new Error(
      `Nothing was done: the token of Graph is of the tenant ${tenant ?? 'unknown'}, and --test-tenant names ${testTenant}. Somebody is hired and deleted: name a tenant that is for tests.`,
    );
}

async function timeOfGatehouse(): Promise<number> {
  const { status, dependencies } = health.parse(await createClient(process.env).get('/api/health'));
  const registry = dependencies.find(({ name }) => name === 'registry');
  if (status === 'down' || registry?.lastSuccessAt == null)
    throw new Error('Nothing was done: Gatehouse says that its registry is down. See GET /api/health.');
  for (const { name, state } of dependencies) if (state !== 'up') console.log(`${name} is ${state}: what is done there will differ.`);
  return Date.parse(registry.lastSuccessAt);
}

async function act(options: SmokeOptions, eyes: Eyes, now: number): Promise<void> {
  const graph = plainCall(
    `${process.env['GATEHOUSE_GRAPH_URL'] ?? 'https://graph.microsoft.com'}/v1.0`,
    process.env['GATEHOUSE_SMOKE_GRAPH_TOKEN'] ?? '',
  );
  const ociToken = process.env['GATEHOUSE_SMOKE_OCI_TOKEN'];
  const oci = ociToken === undefined ? undefined : plainCall(`${process.env['GATEHOUSE_OCI_URL'] ?? ''}/admin/v1`, ociToken);
  const publicUrl = process.env['GATEHOUSE_PUBLIC_URL'] ?? 'http://127.0.0.1:7071';
  const parts = {
    options,
    person: smokePerson(options, now),
    client: createClient(process.env),
    publicUrl,
    eyes: eyes.open,
    calls: { graph, oci },
  };
  const { rows, facts, left } = await runSmoke({ ...parts, say: (line) => console.log(line) });
  console.log(`\n${showRows(rows)}\n\n${showFacts(facts)}\n\nLeft behind:\n${left.map((one) => `  ${one}`).join('\n') || '  nothing'}`);
  for (const closed of eyes.closed) console.log(`Not looked into: ${closed}.`);
  const differing =
    rows.filter(({ verdict }) => verdict === 'differs').length + facts.filter(({ finding }) => finding.is === 'does not hold').length;
  console.log(differing === 0 ? '\nNothing differs.' : `\n${differing} differ.`);
  if (differing > 0 || left.some((one) => !one.startsWith('Gatehouse:'))) process.exitCode = 1;
}

/** The dry run: that everything can be reached and read, and what would be done. */
async function describe(options: SmokeOptions, { open, closed }: Eyes, now: number): Promise<void> {
  const person = smokePerson(options, now);
  for (const eye of open)
    console.log(
      `${eye.kind}: can be read (${await eye.whose()}; ${(await eye.find(person.workerId)).length} accounts of ${person.workerId})`,
    );
  for (const one of closed) console.log(`Not looked into: ${one}.`);
  console.log(
    `\nWith --yes this file would be sent to the source ${options.source}, and then one that says they have left:\n${person.file('here')}`,
  );
  console.log(`Then leaver-delete and erase would be run for them. Nothing was done.\n\n${showFacts([])}`);
}

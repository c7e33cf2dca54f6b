import { z } from 'zod';
import type { Evidence, Fact, Finding } from './fact.ts';

const health = z.object({
  status: z.string(),
  dependencies: z.array(z.object({ name: z.string(), state: z.string(), message: z.string().nullable() })),
});
const outside = ['/runtime/webhooks/durabletask/instances', '/admin/functions', '/admin/host/status'];

/** Azure's own: the runtime, its storage, its way in. */
export const azureFacts: readonly Fact[] = [
  {
    id: 'azure-health',
    fact: 'The registry and every target answer, each with the identity that the app signs in as.',
    from: 'docs/api.md',
    at: 'shut',
    check: isUp,
  },
  {
    id: 'azure-management',
    fact: "The durable management API and the host's admin API do not answer from outside without a key.",
    from: 'docs/security.md',
    at: 'shut',
    check: isClosed,
  },
  {
    id: 'azure-long-timers',
    fact: 'Timers of more than six days come in legs of at most three with other backends than Azure Storage too. The orchestrators have none: nothing is built on it.',
    from: 'docs/host.md',
    byHand: 'Nothing to do: no orchestration waits for more than a quarter of an hour.',
  },
  {
    id: 'azure-throughput',
    fact: 'How many steps a second the durable backend gives the JavaScript worker.',
    from: 'docs/scale.md',
    byHand: 'Hire a thousand people of a test source, and read the rate from the workbook.',
  },
  {
    id: 'azure-cold-start',
    fact: 'With its always-ready instances the app answers within three seconds, also after an hour of rest.',
    from: 'docs/architecture.md',
    byHand: "Leave the app alone for an hour, then: curl -w '%{time_total}' -X POST …/api/graph/notifications?validationToken=x",
  },
  {
    id: 'azure-event-hubs',
    fact: 'Graph may send its notices to Event Hubs by a role in place of a secret; Event Grid is generally available.',
    from: 'docs/topologies.md',
    byHand: 'Nothing is built on it: notices come to the webhook.',
  },
];

async function isUp({ gatehouse }: Evidence): Promise<Finding> {
  const { dependencies } = health.parse(await gatehouse.get('/api/health'));
  const down = dependencies.filter(({ state }) => state !== 'up');
  return down.length === 0
    ? { is: 'holds', found: `${dependencies.length} of ${dependencies.length} are up` }
    : { is: 'does not hold', found: down.map(({ name, message }) => `${name}: ${message ?? 'down'}`).join('; ') };
}

async function isClosed({ publicUrl }: Evidence): Promise<Finding> {
  const answers = await Promise.all(
    outside.map(async (path) => ({ path, status: (await fetch(`${publicUrl}${path}`, { redirect: 'manual' })).status })),
  );
  const open = answers.filter(({ status }) => status < 400);
  return open.length === 0
    ? { is: 'holds', found: answers.map(({ status }) => status).join(', ') }
    : { is: 'does not hold', found: open.map(({ path }) => `${path} is open`).join('; ') };
}

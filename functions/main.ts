import { app } from '@azure/functions';
import { app as durable, input } from 'durable-functions';
import { runWorkflow } from '../orchestrations/run-workflow.ts';
import { activities } from './activities.ts';
import { compose } from './compose/compose.ts';
import { consolePages } from './http/console-pages.ts';
import { getHealth } from './http/get-health.ts';
import { hrIntake } from './http/hr-intake.ts';
import { getPerson, getRun, listAudit, listEvents, listHolds, listRuns } from './http/read-routes.ts';
import { foldQueued } from './queues/fold-queued.ts';
import { lookForTheFirstTime, relayLeftovers, startDueRuns } from './timers/timers.ts';

// The one composition root: importing it registers every function of the app.
const product = await compose(process.env);
const connection = 'GATEHOUSE_SERVICEBUS';
const durableClient = { extraInputs: [input.durableClient()] };

app.http('hr-intake', { methods: ['POST'], authLevel: 'anonymous', route: 'api/hr/{source}', handler: hrIntake(product) });
app.http('get-health', { methods: ['GET'], authLevel: 'anonymous', route: 'api/health', handler: getHealth(product) });
app.http('list-runs', { methods: ['GET'], authLevel: 'anonymous', route: 'api/runs', handler: listRuns(product) });
app.http('get-run', { methods: ['GET'], authLevel: 'anonymous', route: 'api/runs/{id}', handler: getRun(product) });
app.http('get-person', { methods: ['GET'], authLevel: 'anonymous', route: 'api/people/{key}', handler: getPerson(product) });
app.http('list-events', { methods: ['GET'], authLevel: 'anonymous', route: 'api/events', handler: listEvents(product) });
app.http('list-holds', { methods: ['GET'], authLevel: 'anonymous', route: 'api/holds', handler: listHolds(product) });
app.http('list-audit', { methods: ['GET'], authLevel: 'anonymous', route: 'api/audit', handler: listAudit(product) });
for (const { name, method, route, handler } of consolePages(product))
  app.http(name, { methods: [method], authLevel: 'anonymous', route, handler });

app.serviceBusQueue('fold-event', {
  connection,
  queueName: 'lifecycle-events',
  isSessionsEnabled: true,
  ...durableClient,
  handler: foldQueued(product),
});
app.serviceBusQueue('fold-urgent-event', { connection, queueName: 'lifecycle-urgent', ...durableClient, handler: foldQueued(product) });

app.timer('relay-leftovers', { schedule: '*/5 * * * * *', handler: relayLeftovers(product) });
app.timer('start-due-runs', { schedule: '*/10 * * * * *', ...durableClient, handler: startDueRuns(product) });
app.timer('look-for-the-first-time', { schedule: '0 */5 * * * *', runOnStartup: true, handler: lookForTheFirstTime(product) });

durable.orchestration('run-workflow', runWorkflow);
for (const [name, handler] of Object.entries(activities(product))) durable.activity(name, { handler });

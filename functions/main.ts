import { app } from '@azure/functions';
import { app as durable, input } from 'durable-functions';
import { runWorkflow } from '../orchestrations/run-workflow.ts';
import { sweepLeavers } from '../orchestrations/sweep-leavers.ts';
import { activities } from './activities.ts';
import { compose } from './compose/compose.ts';
import { consolePages } from './http/console-pages.ts';
import { eraseAuditValuesRoute, listAudit, verifyAuditRoute } from './http/audit-routes.ts';
import { cancel, pause, resume, unlock } from './http/decision-routes.ts';
import { getDeadLetters, settleDeadLettersRoute } from './http/dead-letter-routes.ts';
import { erasePersonRoute } from './http/erasure-routes.ts';
import { noteByHandRoute } from './http/by-hand-route.ts';
import { getHealth } from './http/get-health.ts';
import { getGraph, graphNotifications } from './http/graph-notifications.ts';
import { hrIntake } from './http/hr-intake.ts';
import { createPlan, getPlan } from './http/plan-routes.ts';
import { cancelRunRoute, createRuns, retryRunRoute, skipStepRoute, undoRunRoute } from './http/run-action-routes.ts';
import { listPermissions } from './http/list-permissions.ts';
import { validateFiles, validateRunning } from './http/validate-config.ts';
import { getPerson, getRun, listEvents, listHolds, listRuns } from './http/read-routes.ts';
import { getSweep, sweepNow } from './http/sweep-routes.ts';
import { takeFile } from './http/take-file.ts';
import { foldQueued, foldUrgent } from './queues/fold-queued.ts';
import { followQueued } from './queues/follow-queued.ts';
import { followGraph, keepGraphSubscriptions } from './timers/graph-timers.ts';
import { purgeOld } from './timers/purge-old.ts';
import { sealAudit } from './timers/seal-audit.ts';
import { keepPopulation, sweepNightly } from './timers/sweep-timers.ts';
import { lookForTheFirstTime, readSources, refreshModes, relayLeftovers, startDueRuns } from './timers/timers.ts';

// The one composition root: importing it registers every function of the app.
const product = await compose(process.env);
const connection = 'GATEHOUSE_SERVICEBUS';
const durableClient = { extraInputs: [input.durableClient()] };

app.http('hr-intake', { methods: ['POST'], authLevel: 'anonymous', route: 'api/hr/{source}', handler: hrIntake(product) });
app.http('take-file', { methods: ['POST'], authLevel: 'anonymous', route: 'api/hr/{source}/csv', handler: takeFile(product) });
app.http('graph-notifications', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/graph/notifications',
  handler: graphNotifications(product),
});
app.http('graph-lifecycle', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/graph/lifecycle',
  handler: graphNotifications(product),
});
app.http('get-graph', { methods: ['GET'], authLevel: 'anonymous', route: 'api/graph', handler: getGraph(product) });
app.http('get-health', { methods: ['GET'], authLevel: 'anonymous', route: 'api/health', handler: getHealth(product) });
app.http('list-runs', { methods: ['GET'], authLevel: 'anonymous', route: 'api/runs', handler: listRuns(product) });
app.http('get-run', { methods: ['GET'], authLevel: 'anonymous', route: 'api/runs/{id}', handler: getRun(product) });
app.http('create-plan', { methods: ['POST'], authLevel: 'anonymous', route: 'api/plans', handler: createPlan(product) });
app.http('get-plan', { methods: ['GET'], authLevel: 'anonymous', route: 'api/plans/{id}', handler: getPlan(product) });
app.http('create-runs', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/runs',
  ...durableClient,
  handler: createRuns(product),
});
app.http('cancel-run', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/runs/{id}/cancel',
  ...durableClient,
  handler: cancelRunRoute(product),
});
app.http('retry-run', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/runs/{id}/retry',
  ...durableClient,
  handler: retryRunRoute(product),
});
app.http('undo-run', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/runs/{id}/undo',
  ...durableClient,
  handler: undoRunRoute(product),
});
app.http('skip-step', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/runs/{id}/steps/{step}/skip',
  ...durableClient,
  handler: skipStepRoute(product),
});
app.http('validate-running', { methods: ['GET'], authLevel: 'anonymous', route: 'api/config/validate', handler: validateRunning(product) });
app.http('validate-files', { methods: ['POST'], authLevel: 'anonymous', route: 'api/config/validate', handler: validateFiles(product) });
app.http('list-permissions', { methods: ['GET'], authLevel: 'anonymous', route: 'api/permissions', handler: listPermissions(product) });
app.http('get-person', { methods: ['GET'], authLevel: 'anonymous', route: 'api/people/{key}', handler: getPerson(product) });
app.http('list-events', { methods: ['GET'], authLevel: 'anonymous', route: 'api/events', handler: listEvents(product) });
app.http('list-holds', { methods: ['GET'], authLevel: 'anonymous', route: 'api/holds', handler: listHolds(product) });
app.http('resume-hold', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/holds/{id}/resume',
  ...durableClient,
  handler: resume(product),
});
app.http('cancel-hold', { methods: ['POST'], authLevel: 'anonymous', route: 'api/holds/{id}/cancel', handler: cancel(product) });
app.http('unlock-person', { methods: ['POST'], authLevel: 'anonymous', route: 'api/people/{key}/unlock', handler: unlock(product) });
app.http('pause', { methods: ['POST'], authLevel: 'anonymous', route: 'api/pause', handler: pause(product, true) });
app.http('unpause', { methods: ['POST'], authLevel: 'anonymous', route: 'api/unpause', handler: pause(product, false) });
app.http('list-audit', { methods: ['GET'], authLevel: 'anonymous', route: 'api/audit', handler: listAudit(product) });
app.http('verify-audit', { methods: ['GET'], authLevel: 'anonymous', route: 'api/audit/verify', handler: verifyAuditRoute(product) });
app.http('erase-audit-values', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/people/{key}/erase-audit-values',
  handler: eraseAuditValuesRoute(product),
});
app.http('list-dead-letters', { methods: ['GET'], authLevel: 'anonymous', route: 'api/dead-letters', handler: getDeadLetters(product) });
app.http('replay-dead-letters', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/dead-letters/replay',
  handler: settleDeadLettersRoute(product, 'replay'),
});
app.http('discard-dead-letters', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/dead-letters/discard',
  handler: settleDeadLettersRoute(product, 'discard'),
});
app.http('erase-person', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/people/{key}/erase',
  ...durableClient,
  handler: erasePersonRoute(product),
});
app.http('note-by-hand', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/people/{key}/by-hand',
  handler: noteByHandRoute(product),
});
app.http('get-sweep', { methods: ['GET'], authLevel: 'anonymous', route: 'api/sweep', handler: getSweep(product) });
app.http('sweep-now', { methods: ['POST'], authLevel: 'anonymous', route: 'api/sweep', ...durableClient, handler: sweepNow(product) });
for (const { name, method, route, handler } of consolePages(product))
  app.http(name, { methods: [method], authLevel: 'anonymous', route, handler });

app.serviceBusQueue('fold-event', {
  connection,
  queueName: 'lifecycle-events',
  isSessionsEnabled: true,
  ...durableClient,
  handler: foldQueued(product),
});
app.serviceBusQueue('fold-urgent-event', { connection, queueName: 'lifecycle-urgent', ...durableClient, handler: foldUrgent(product) });
app.serviceBusQueue('follow-graph-notices', { connection, queueName: 'graph-notices', ...durableClient, handler: followQueued(product) });

app.timer('relay-leftovers', { schedule: '*/5 * * * * *', handler: relayLeftovers(product) });
app.timer('seal-audit', { schedule: '*/30 * * * * *', runOnStartup: true, handler: sealAudit(product) });
app.timer('start-due-runs', { schedule: '*/10 * * * * *', ...durableClient, handler: startDueRuns(product) });
app.timer('look-for-the-first-time', { schedule: '0 */5 * * * *', runOnStartup: true, handler: lookForTheFirstTime(product) });
app.timer('follow-graph', { schedule: '0 */5 * * * *', ...durableClient, handler: followGraph(product) });
app.timer('keep-graph-subscriptions', {
  schedule: '30 * * * * *',
  runOnStartup: true,
  ...durableClient,
  handler: keepGraphSubscriptions(product),
});

app.timer('read-sources', { schedule: '0 30 1 * * *', handler: readSources(product) });
app.timer('refresh-modes', { schedule: '*/30 * * * * *', handler: refreshModes(product) });

app.timer('sweep-leavers-nightly', { schedule: '0 15 2 * * *', ...durableClient, handler: sweepNightly(product) });
app.timer('purge-old', { schedule: '0 40 3 * * *', ...durableClient, handler: purgeOld(product) });
app.timer('keep-population', { schedule: '0 0 * * * *', runOnStartup: true, handler: keepPopulation(product) });

durable.orchestration('run-workflow', runWorkflow);
durable.orchestration('sweep-leavers', sweepLeavers);
for (const [name, handler] of Object.entries(activities(product))) durable.activity(name, { ...durableClient, handler });

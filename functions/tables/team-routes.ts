import type { AppFunction } from '../app-function.ts';
import { eraseAuditValuesRoute, listAudit, verifyAuditRoute } from '../http/audit-routes.ts';
import { readingPages, signInPages } from '../http/console-pages.ts';
import { noteByHandRoute } from '../http/by-hand-route.ts';
import { getDeadLetters, settleDeadLettersRoute } from '../http/dead-letter-routes.ts';
import { erasePersonRoute } from '../http/erasure-routes.ts';
import { cancel, pause, resume, unlock } from '../http/decision-routes.ts';
import { getHealth } from '../http/get-health.ts';
import { getGraph } from '../http/graph-notifications.ts';
import { listPermissions } from '../http/list-permissions.ts';
import { createPlan, getPlan } from '../http/plan-routes.ts';
import { getPerson, getRun, listEvents, listHolds, listRuns } from '../http/read-routes.ts';
import { cancelRunRoute, createRuns, retryRunRoute, skipStepRoute, undoRunRoute } from '../http/run-action-routes.ts';
import { getSweep, sweepNow } from '../http/sweep-routes.ts';
import { validateFiles, validateRunning } from '../http/validate-config.ts';

/** What the identity team calls with a token: the API and the console. */
export const teamRoutes: readonly AppFunction[] = [
  { on: 'http', name: 'get-health', method: 'GET', route: 'api/health', handler: getHealth },
  { on: 'http', name: 'get-graph', method: 'GET', route: 'api/graph', handler: getGraph },
  { on: 'http', name: 'list-runs', method: 'GET', route: 'api/runs', handler: listRuns },
  { on: 'http', name: 'get-run', method: 'GET', route: 'api/runs/{id}', handler: getRun },
  { on: 'http', name: 'create-plan', method: 'POST', route: 'api/plans', handler: createPlan },
  { on: 'http', name: 'get-plan', method: 'GET', route: 'api/plans/{id}', handler: getPlan },
  { on: 'http', name: 'create-runs', method: 'POST', route: 'api/runs', handler: createRuns },
  { on: 'http', name: 'cancel-run', method: 'POST', route: 'api/runs/{id}/cancel', handler: cancelRunRoute },
  { on: 'http', name: 'retry-run', method: 'POST', route: 'api/runs/{id}/retry', handler: retryRunRoute },
  { on: 'http', name: 'undo-run', method: 'POST', route: 'api/runs/{id}/undo', handler: undoRunRoute },
  { on: 'http', name: 'skip-step', method: 'POST', route: 'api/runs/{id}/steps/{step}/skip', handler: skipStepRoute },
  { on: 'http', name: 'validate-running', method: 'GET', route: 'api/config/validate', handler: validateRunning },
  { on: 'http', name: 'validate-files', method: 'POST', route: 'api/config/validate', handler: validateFiles },
  { on: 'http', name: 'list-permissions', method: 'GET', route: 'api/permissions', handler: listPermissions },
  { on: 'http', name: 'get-person', method: 'GET', route: 'api/people/{key}', handler: getPerson },
  { on: 'http', name: 'list-events', method: 'GET', route: 'api/events', handler: listEvents },
  { on: 'http', name: 'list-holds', method: 'GET', route: 'api/holds', handler: listHolds },
  { on: 'http', name: 'resume-hold', method: 'POST', route: 'api/holds/{id}/resume', handler: resume },
  { on: 'http', name: 'cancel-hold', method: 'POST', route: 'api/holds/{id}/cancel', handler: cancel },
  { on: 'http', name: 'unlock-person', method: 'POST', route: 'api/people/{key}/unlock', handler: unlock },
  { on: 'http', name: 'pause', method: 'POST', route: 'api/pause', handler: (product) => pause(product, true) },
  { on: 'http', name: 'unpause', method: 'POST', route: 'api/unpause', handler: (product) => pause(product, false) },
  { on: 'http', name: 'list-audit', method: 'GET', route: 'api/audit', handler: listAudit },
  { on: 'http', name: 'verify-audit', method: 'GET', route: 'api/audit/verify', handler: verifyAuditRoute },
  { on: 'http', name: 'erase-audit-values', method: 'POST', route: 'api/people/{key}/erase-audit-values', handler: eraseAuditValuesRoute },
  { on: 'http', name: 'list-dead-letters', method: 'GET', route: 'api/dead-letters', handler: getDeadLetters },
  {
    on: 'http',
    name: 'replay-dead-letters',
    method: 'POST',
    route: 'api/dead-letters/replay',
    handler: (product) => settleDeadLettersRoute(product, 'replay'),
  },
  {
    on: 'http',
    name: 'discard-dead-letters',
    method: 'POST',
    route: 'api/dead-letters/discard',
    handler: (product) => settleDeadLettersRoute(product, 'discard'),
  },
  { on: 'http', name: 'erase-person', method: 'POST', route: 'api/people/{key}/erase', handler: erasePersonRoute },
  { on: 'http', name: 'note-by-hand', method: 'POST', route: 'api/people/{key}/by-hand', handler: noteByHandRoute },
  { on: 'http', name: 'get-sweep', method: 'GET', route: 'api/sweep', handler: getSweep },
  { on: 'http', name: 'sweep-now', method: 'POST', route: 'api/sweep', handler: sweepNow },
  ...readingPages,
  ...signInPages,
];

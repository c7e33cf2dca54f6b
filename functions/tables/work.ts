import type { AppFunction } from '../app-function.ts';
import { runWorkflow } from '../../orchestrations/run-workflow.ts';
import { sweepLeavers } from '../../orchestrations/sweep-leavers.ts';
import { activities } from '../activities.ts';
import { foldQueued, foldUrgent } from '../queues/fold-queued.ts';
import { followQueued } from '../queues/follow-queued.ts';
import { takeResultQueued } from '../queues/take-result-queued.ts';
import { workRequested } from '../queues/work-requested.ts';
import { followGraph, keepGraphSubscriptions } from '../timers/graph-timers.ts';
import { purgeOld } from '../timers/purge-old.ts';
import { sealAudit } from '../timers/seal-audit.ts';
import { keepPopulation, sweepNightly } from '../timers/sweep-timers.ts';
import { tellVitals } from '../timers/tell-vitals.ts';
import { lookForTheFirstTime, readSources, refreshModes, relayLeftovers, startDueRuns } from '../timers/timers.ts';

const queues: readonly AppFunction[] = [
  { on: 'queue', name: 'fold-event', queueName: 'lifecycle-events', hasSessions: true, starts: true, handler: foldQueued },
  { on: 'queue', name: 'fold-urgent-event', queueName: 'lifecycle-urgent', starts: true, handler: foldUrgent },
  { on: 'queue', name: 'follow-graph-notices', queueName: 'graph-notices', starts: true, handler: followQueued },
  { on: 'queue', name: 'work-requested', queueName: 'work-requests', starts: true, handler: workRequested },
  { on: 'queue', name: 'take-privileged-result', queueName: 'privileged-results', starts: true, handler: takeResultQueued },
];

const timers: readonly AppFunction[] = [
  { on: 'timer', name: 'relay-leftovers', schedule: '*/5 * * * * *', handler: relayLeftovers },
  { on: 'timer', name: 'seal-audit', schedule: '*/30 * * * * *', runOnStartup: true, handler: sealAudit },
  { on: 'timer', name: 'start-due-runs', schedule: '*/10 * * * * *', starts: true, handler: startDueRuns },
  { on: 'timer', name: 'look-for-the-first-time', schedule: '0 */5 * * * *', runOnStartup: true, handler: lookForTheFirstTime },
  { on: 'timer', name: 'follow-graph', schedule: '0 */5 * * * *', starts: true, handler: followGraph },
  {
    on: 'timer',
    name: 'keep-graph-subscriptions',
    schedule: '30 * * * * *',
    runOnStartup: true,
    starts: true,
    handler: keepGraphSubscriptions,
  },
  { on: 'timer', name: 'read-sources', schedule: '0 30 1 * * *', handler: readSources },
  { on: 'timer', name: 'refresh-modes', schedule: '*/30 * * * * *', handler: refreshModes },
  { on: 'timer', name: 'sweep-leavers-nightly', schedule: '0 15 2 * * *', starts: true, handler: sweepNightly },
  { on: 'timer', name: 'purge-old', schedule: '0 40 3 * * *', starts: true, handler: purgeOld },
  { on: 'timer', name: 'keep-population', schedule: '0 0 * * * *', runOnStartup: true, handler: keepPopulation },
  { on: 'timer', name: 'tell-vitals', schedule: '20 * * * * *', runOnStartup: true, handler: tellVitals },
];

const orchestrations: readonly AppFunction[] = [
  { on: 'orchestration', name: 'run-workflow', handler: runWorkflow },
  { on: 'orchestration', name: 'sweep-leavers', handler: sweepLeavers },
  { on: 'activities', handlers: activities },
];

/** All that plans and carries out. Nobody calls this app; every worker of the task hub registers all of it. */
export const workFunctions: readonly AppFunction[] = [...queues, ...timers, ...orchestrations];

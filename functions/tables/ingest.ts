import type { AppFunction } from '../app-function.ts';
import { passPages, signInPages } from '../http/console-pages.ts';
import { getHealth } from '../http/get-health.ts';
import { graphNotifications } from '../http/graph-notifications.ts';
import { hrIntake } from '../http/hr-intake.ts';
import { takeFile } from '../http/take-file.ts';

/**
 * The doors: what others than the identity team call, from outside. They write to the inbox and the queues and read the registry; none of them looks at a target. A pass is shown here, so that those who read it
 * reach neither the app that changes accounts nor the one that issues passes.
 */
export const ingestFunctions: readonly AppFunction[] = [
  { on: 'http', name: 'hr-intake', method: 'POST', route: 'api/hr/{source}', handler: hrIntake },
  { on: 'http', name: 'take-file', method: 'POST', route: 'api/hr/{source}/csv', handler: takeFile },
  { on: 'http', name: 'graph-notifications', method: 'POST', route: 'api/graph/notifications', handler: graphNotifications },
  { on: 'http', name: 'graph-lifecycle', method: 'POST', route: 'api/graph/lifecycle', handler: graphNotifications },
  { on: 'http', name: 'get-health', method: 'GET', route: 'api/health', handler: getHealth },
  ...passPages,
  ...signInPages,
];

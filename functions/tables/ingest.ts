import type { AppFunction } from '../app-function.ts';
import { passPages } from '../http/console-pages.ts';
import { graphNotifications } from '../http/graph-notifications.ts';
import { hrIntake } from '../http/hr-intake.ts';
import { takeFile } from '../http/take-file.ts';
import { teamRoutes } from './team-routes.ts';

/** All that anybody can call: the doors for events, the API and the console. None of it looks at a target or starts an orchestration: it reads and writes the registry, and asks the app `work` through a queue. */
export const ingestFunctions: readonly AppFunction[] = [
  { on: 'http', name: 'hr-intake', method: 'POST', route: 'api/hr/{source}', handler: hrIntake },
  { on: 'http', name: 'take-file', method: 'POST', route: 'api/hr/{source}/csv', handler: takeFile },
  { on: 'http', name: 'graph-notifications', method: 'POST', route: 'api/graph/notifications', handler: graphNotifications },
  { on: 'http', name: 'graph-lifecycle', method: 'POST', route: 'api/graph/lifecycle', handler: graphNotifications },
  ...passPages,
  ...teamRoutes,
];

import type { HttpApp } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { eventStates, prepareEventQueue, setWebhookUrl, webhookUrl } from '../hr/event-queue.ts';
import { postEvents } from '../hr/post-events.ts';
import { bambooRoutes } from './bamboo-routes.ts';
import { listEmployees, prepareEmployees } from './employee-store.ts';
import { signatureHeaders } from './sign-event.ts';

/** The running BambooHR. Its API is served by whoever mounts `app`. */
export type RunningBamboo = {
  readonly app: HttpApp;
  readonly setWebhook: (url: string) => void;
  /** What it holds: employees, and its outgoing events with what became of them. */
  readonly state: () => unknown;
  readonly stop: () => Promise<void>;
};

/** Starts BambooHR, and takes up the delivery of its events where it ended. */
export function startBamboo(world: World): RunningBamboo {
  const { database } = world;
  prepareEventQueue(database, 'bamboo');
  prepareEmployees(database);
  const poster = postEvents(world, { queue: 'bamboo', headersOf: (body) => signatureHeaders(body, world.now()) });
  return {
    app: bambooRoutes(world, poster.wake),
    setWebhook: (url) => {
      setWebhookUrl(database, 'bamboo', url);
      poster.wake();
    },
    state: () => ({
      employees: listEmployees(database),
      webhook: webhookUrl(database, 'bamboo') ?? null,
      events: eventStates(database, 'bamboo'),
    }),
    stop: poster.stop,
  };
}

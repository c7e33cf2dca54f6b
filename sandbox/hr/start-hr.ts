import type { HttpApp } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { prepareEventQueue, setWebhookUrl } from './event-queue.ts';
import { hrRoutes } from './hr-routes.ts';
import { postEvents } from './post-events.ts';
import { signEvent } from './sign-event.ts';
import { prepareWorkContacts } from './work-contacts.ts';
import { prepareWorkers } from './worker-store.ts';

/** The running HR system. Its API is served by whoever mounts `app`. */
export type RunningHr = { readonly app: HttpApp; readonly setWebhook: (url: string) => void; readonly stop: () => Promise<void> };

/** Starts the HR system: seeds it when it is empty, and takes up the delivery of events where it ended. */
export function startHr(world: World): RunningHr {
  prepareEventQueue(world.database, 'hr');
  prepareWorkContacts(world.database);
  prepareWorkers(world);
  const poster = postEvents(world, {
    queue: 'hr',
    headersOf: (body) => ({ 'Gatehouse-Signature': signEvent(body, world.now()) }),
  });
  const setWebhook = (url: string): void => {
    setWebhookUrl(world.database, 'hr', url);
    poster.wake();
  };
  return { app: hrRoutes(world, poster.wake), setWebhook, stop: poster.stop };
}

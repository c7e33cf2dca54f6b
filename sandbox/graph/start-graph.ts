import { serve } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { graphApp } from './graph-app.ts';
import { postNotifications } from './notifications/post-notifications.ts';
import { prepareGraph } from './prepare-graph.ts';

/** The running tenant. */
export type RunningGraph = { readonly port: number; readonly url: string; readonly stop: () => Promise<void> };

/** Starts the simulated Microsoft Graph tenant on 127.0.0.1, announces its address, and takes up the delivery of notices where it ended; port 0 takes a free one. An empty world gets Contoso first.
 * Throws an error for people when the port is busy. */
export async function startGraph(world: World, { port }: { readonly port: number }): Promise<RunningGraph> {
  prepareGraph(world);
  const served = await serve(graphApp(world), { port, setting: 'GATEHOUSE_GRAPH_URL' });
  world.announce({ graph: served.url });
  const poster = postNotifications(world);
  const stop = async (): Promise<void> => {
    await poster.stop();
    await served.close();
  };
  return { port: served.port, url: served.url, stop };
}

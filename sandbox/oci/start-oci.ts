import { serve } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { prepareAccessTokens } from './access-tokens.ts';
import { prepareClientKeys } from './client-assertion.ts';
import { ociRoutes } from './oci-routes.ts';
import { prepareResources } from './resource-store.ts';
import { seedOci } from './seed-oci.ts';

/** The running identity domain. */
export type RunningOci = { readonly port: number; readonly url: string; readonly stop: () => Promise<void> };

/** Starts the OCI identity domain on 127.0.0.1 (port 0 takes a free one), seeds it when it is empty and announces its address.
 * `monotonic` is the clock of the rate limits, in milliseconds that never fall. */
export async function startOci(world: World, options: { readonly port: number; readonly monotonic?: () => number }): Promise<RunningOci> {
  prepareResources(world.database);
  prepareAccessTokens(world.database);
  prepareClientKeys(world.database);
  const { port, url, close } = await serve(ociRoutes(world, options.monotonic ?? (() => performance.now())), {
    port: options.port,
    setting: 'GATEHOUSE_OCI_URL',
  });
  world.announce({ oci: url });
  seedOci(world);
  return { port, url, stop: close };
}

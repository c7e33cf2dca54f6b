import { serve } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { appRoutes } from './app-routes.ts';
import { prepareApp, readAppResources } from './app-store.ts';
import type { Abilities } from './discovery.ts';
import { seedApp } from './seed-app.ts';

/** The running application. `state` shows all that is in it. */
export type RunningApp = { readonly url: string; readonly state: () => unknown; readonly stop: () => Promise<void> };

/** A strict application: PATCH in the shapes of the RFC, every change names its version. */
export const strictAbilities: Abilities = { patch: true, filter: true, etag: true, callsPerSecond: 1_000, maxResults: 100 };

/** Starts an application that speaks SCIM 2.0 on 127.0.0.1 (port 0 takes a free one), seeds it when it is empty and announces its address. `abilities` is asked at each call. */
export async function startScim(
  world: World,
  options: { readonly port: number; readonly abilities?: () => Abilities },
): Promise<RunningApp> {
  prepareApp(world.database);
  const abilities = options.abilities ?? (() => strictAbilities);
  let calls: number[] = [];
  const admit = () => {
    const now = world.now();
    calls = [...calls.filter((at) => at > now - 1000), now];
    return calls.length <= abilities().callsPerSecond;
  };
  const { url, close } = await serve(appRoutes(world, abilities, admit), { port: options.port, setting: 'GATEHOUSE_SCIM_URL' });
  world.announce({ scim: `${url}/scim/v2` });
  seedApp(world);
  const state = () => ({ users: readAppResources(world.database, 'User'), groups: readAppResources(world.database, 'Group') });
  return { url: `${url}/scim/v2`, state, stop: close };
}

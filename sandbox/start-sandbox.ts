import { startBamboo } from './bamboo/start-bamboo.ts';
import { startCloudSync } from './cloud-sync/start-cloud-sync.ts';
import { controlApp } from './control/control-app.ts';
import { directoryState } from './directory/directory-state.ts';
import { startDirectory } from './directory/start-directory.ts';
import { openWorld, type OpenedWorld } from './foundation/open-world.ts';
import type { CompanySize } from './foundation/world.ts';
import { serve } from './foundation/serve.ts';
import { graphControl } from './graph/control/graph-control.ts';
import { graphState } from './graph/graph-state.ts';
import { startGraph } from './graph/start-graph.ts';
import { hrState } from './hr/hr-state.ts';
import { startHr } from './hr/start-hr.ts';
import { ociState } from './oci/oci-state.ts';
import { startOci } from './oci/start-oci.ts';
import { startScim } from './scim/start-scim.ts';
import { defaultPorts, scimPort, secondControllerPorts, type SandboxPorts } from './sandbox-ports.ts';

/** The running world: where it listens, and the way to stop it. */
export type RunningSandbox = {
  readonly urls: OpenedWorld['urls'] & { readonly hr: string };
  /** Certificate of the directory's own CA (PEM). */
  readonly caFile: string;
  readonly world: OpenedWorld;
  readonly stop: () => Promise<void>;
};

/** Where the world is kept and listens, and how large its company is when it is new. */
export type SandboxOptions = {
  readonly dataDir: string;
  readonly ports?: Partial<SandboxPorts>;
  readonly company?: CompanySize;
  /** The wall clock, where it is not the machine's own: milliseconds since the epoch. */
  readonly clock?: () => number;
};

/** Starts the simulated world in its data folder, as it was left. Throws an error for people when the folder is in use or a port is busy; then nothing is left running. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { dataDir, company, clock } = options;
  const world = openWorld({ dataDir, ...(company === undefined ? {} : { company }), ...(clock === undefined ? {} : { clock }) });
  const stops: (() => Promise<void> | void)[] = [() => world.close()];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const caFile = await startSystems(world, { ...defaultPorts, ...options.ports }, stops);
    return { urls: { ...world.urls, hr: `${world.urls.control}/hr/v1` }, caFile, world, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSystems(world: OpenedWorld, ports: SandboxPorts, stops: (() => Promise<void> | void)[]): Promise<string> {
  const graph = await startGraph(world, { port: ports.graph });
  stops.push(graph.stop);
  const directory = await startDirectory(world, { ldapPort: ports.ldap, ldapsPort: ports.ldaps, second: secondControllerPorts(ports) });
  stops.push(directory.stop);
  const cloudSync = startCloudSync(world);
  stops.push(cloudSync.stop);
  const oci = await startOci(world, { port: ports.oci });
  stops.push(oci.stop);
  const scim = await startScim(world, { port: scimPort(ports) });
  stops.push(scim.stop);
  const hr = startHr(world);
  stops.push(hr.stop);
  const bamboo = startBamboo(world);
  stops.push(bamboo.stop);
  const app = controlApp(world, {
    state: {
      graph: () => graphState(world),
      oci: () => ociState(world),
      scim: scim.state,
      directory: () => directoryState(world),
      hr: () => hrState(world),
      bamboo: bamboo.state,
    },
    sync: cloudSync.cycle,
    setWebhook: hr.setWebhook,
    setBambooWebhook: bamboo.setWebhook,
  });
  app.route('/', hr.app);
  app.route('/', bamboo.app);
  app.route('/', graphControl(world));
  const control = await serve(app, { port: ports.control, setting: 'GATEHOUSE_SANDBOX_PORT' });
  stops.push(control.close);
  world.announce({ control: control.url });
  return directory.caFile;
}

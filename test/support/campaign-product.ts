import { steadyPort } from './campaign-ports.ts';
import { type OwnProcess, startProcess } from './campaign-process.ts';
import type { World } from './campaign-world.ts';

/** The product on one data folder and one port, whatever process of it may be running. */
export type Product = {
  readonly url: string;
  readonly dataFolder: string;
  /** Starts a process of it, of the checkout or of an app in another folder; it is not ready yet. */
  launch(app?: string): OwnProcess;
  /** Asks its API. */
  ask(path: string): Promise<unknown>;
};

/** How to make a product. `environment` overrides what the world says. */
export type ProductOrder = { readonly world: World; readonly dataFolder: string; readonly environment?: Readonly<Record<string, string>> };

/** Makes a product for the world. Nothing is started yet. */
export async function productFor({ world, dataFolder, environment = {} }: ProductOrder): Promise<Product> {
  const port = await steadyPort();
  const url = `http://127.0.0.1:${port}`;
  const issuer = `${world.settings['GATEHOUSE_GRAPH_URL'] ?? ''}/${world.settings['GATEHOUSE_TENANT'] ?? ''}/v2.0`;
  const settings = {
    ...world.settings,
    GATEHOUSE_DATA_DIR: dataFolder,
    GATEHOUSE_PUBLIC_URL: url,
    GATEHOUSE_TOKEN_ISSUER: issuer,
    ...environment,
  };
  const token = await world.token();
  return {
    url,
    dataFolder,
    launch: (app = '.') =>
      startProcess({
        script: 'host/cli.ts',
        args: [
          app,
          '--port',
          String(port),
          '--data',
          dataFolder,
          ...('GATEHOUSE_SERVICEBUS' in environment ? [] : ['--servicebus-port', '0']),
        ],
        environment: settings,
        readyLine: /^host ready/m,
      }),
    async ask(path) {
      const response = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}

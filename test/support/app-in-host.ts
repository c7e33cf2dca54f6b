import { join } from 'node:path';
import { startProcess, type OwnProcess } from './campaign-process.ts';

/** The product in a host, with nothing else answering on this machine but its database. */
export type AppInHost = {
  readonly process: OwnProcess;
  readonly dataFolder: string;
  /** Resolves with the host's address when it serves. */ address(): Promise<string>;
};

/** How to start it: the folder of the app, which it works in as on Azure, one for the host's data, and settings besides those that every start needs. */
export type AppOrder = { readonly folder: string; readonly dataFolder: string; readonly settings: Readonly<Record<string, string>> };

const address = 'http://127.0.0.1:9';
/** The settings that the product does not start without; nothing answers at any of the addresses. */
export const nowhere = {
  GATEHOUSE_GRAPH_URL: address,
  GATEHOUSE_OCI_URL: address,
  GATEHOUSE_HR_URL: address,
  GATEHOUSE_AD_URL: 'ldaps://127.0.0.1:9',
  GATEHOUSE_BAMBOO_URL: `${address}/api`,
  GATEHOUSE_TENANT: 'contoso',
  GATEHOUSE_TOKEN_ISSUER: `${address}/v2.0`,
  GATEHOUSE_LOG_LEVEL: 'error',
  GATEHOUSE_SECRET_HR_GENERIC: 'made up',
  GATEHOUSE_SECRET_HR_API: 'made up',
  GATEHOUSE_SECRET_BAMBOO_WEBHOOK: 'made up',
  GATEHOUSE_SECRET_BAMBOO_KEY: 'made up',
  GATEHOUSE_SECRET_AD_BIND: 'made up',
  GATEHOUSE_SECRET_ENTRA_CLIENT: 'made up',
  GATEHOUSE_SECRET_OCI_CLIENT: 'made up',
};

/** Starts a host of its own on any free ports, without a compile cache, as an instance that has just been made has none. */
export function startAppInHost({ folder, dataFolder, settings }: AppOrder): AppInHost {
  const process = startProcess({
    script: 'host/cli.ts',
    args: [folder, '--port', '0', '--servicebus-port', '0', '--data', dataFolder],
    environment: { ...nowhere, GATEHOUSE_DATA_DIR: join(dataFolder, 'product'), NODE_DISABLE_COMPILE_CACHE: '1', ...settings },
    readyLine: /^host ready/m,
    folder,
  });
  const address = async () => {
    await process.ready();
    return /^host ready (\S+)$/m.exec(process.output())?.[1] ?? '';
  };
  return { process, dataFolder, address };
}

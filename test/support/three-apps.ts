import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { graphUses } from '../../shared/connectors/http/graph-uses.ts';
import { steadyPort } from './campaign-ports.ts';
import { type OwnProcess, startProcess } from './campaign-process.ts';
import type { World } from './campaign-world.ts';

/** The function apps of one installation, each a process with its role's settings and no other, on one registry and one broker. */
export type ThreeApps = {
  /** Where the API and the webhooks are. */
  readonly url: string;
  readonly names: readonly AppName[];
  launch(app: AppName): OwnProcess;
  /** The settings that a process is given. */
  settingsOf(app: AppName): Readonly<Record<string, string>>;
  folderOf(app: AppName): string;
  urlOf(app: AppName): string;
};
export type AppName = 'ingest' | 'work' | 'hands';

const waysToSignIn = /^UserAuthMethod-.*ReadWrite/;
const all = [...new Set(graphUses.map(({ permission }) => permission))];
/** What the two identities are granted at Graph in the tests: only hands may make and remove ways to sign in, and it may change nothing else. */
export const grants = {
  permissions: all.filter((permission) => !waysToSignIn.test(permission)),
  handsPermissions: all.filter(
    (permission) => waysToSignIn.test(permission) || /\.Read\b/.test(permission) || permission.startsWith('Mail.'),
  ),
} as const;

const secretsOf: Readonly<Record<AppName, RegExp>> = {
  ingest: /^GATEHOUSE_SECRET_(HR_GENERIC|BAMBOO_WEBHOOK|SEALING_KEY)$/,
  work: /^GATEHOUSE_SECRET_(HR_API|BAMBOO_KEY|AD_BIND|ENTRA_CLIENT|OCI_CLIENT)$/,
  hands: /^GATEHOUSE_SECRET_(AD_BIND|ENTRA_HANDS|OCI_CLIENT|SEALING_KEY)$/,
};
const addressesOf: Readonly<Record<AppName, RegExp>> = {
  ingest: /^GATEHOUSE_(TENANT|CLOCK_URL|PUBLIC_URL|TOKEN_ISSUER)$/,
  work: /^GATEHOUSE_(GRAPH_URL|OCI_URL|AD_URL|AD_CA|HR_URL|BAMBOO_URL|TENANT|CLOCK_URL|PUBLIC_URL|TOKEN_ISSUER)$/,
  hands: /^GATEHOUSE_(GRAPH_URL|OCI_URL|AD_URL|AD_CA|CLOCK_URL|PUBLIC_URL)$/,
};

/** Makes the three for a world and an empty database. Nothing is started yet. The broker is that of `ingest`, which is started first. */
export async function threeAppsFor(world: World, folder: string, databaseUrl: string): Promise<ThreeApps> {
  const ports = { ingest: await steadyPort(), work: await steadyPort(), hands: await steadyPort() };
  const broker = await steadyPort();
  const url = `http://127.0.0.1:${ports.ingest}`;
  const known = {
    ...world.settings,
    GATEHOUSE_PUBLIC_URL: url,
    GATEHOUSE_TOKEN_ISSUER: `${world.settings['GATEHOUSE_GRAPH_URL'] ?? ''}/${world.settings['GATEHOUSE_TENANT'] ?? ''}/v2.0`,
    GATEHOUSE_SECRET_SEALING_KEY: randomBytes(32).toString('base64'),
  };
  const folderOf = (app: AppName): string => join(folder, app);
  const settingsOf: ThreeApps['settingsOf'] = (app) => ({
    ...Object.fromEntries(Object.entries(known).filter(([name]) => secretsOf[app].test(name) || addressesOf[app].test(name))),
    GATEHOUSE_ROLE: app,
    GATEHOUSE_DATA_DIR: folderOf(app),
    DATABASE_URL: databaseUrl,
    GATEHOUSE_SERVICEBUS: `Endpoint=sb://127.0.0.1:${broker};SharedAccessKeyName=Root;SharedAccessKey=x;UseDevelopmentEmulator=true`,
  });
  return {
    url,
    names: ['ingest', 'work', 'hands'],
    settingsOf,
    folderOf,
    urlOf: (app) => `http://127.0.0.1:${ports[app]}`,
    launch: (app) =>
      startProcess({
        script: 'host/cli.ts',
        args: ['.', '--port', String(ports[app]), '--data', folderOf(app), '--servicebus-port', app === 'ingest' ? String(broker) : 'none'],
        environment: settingsOf(app),
        readyLine: /^host ready/m,
      }),
  };
}

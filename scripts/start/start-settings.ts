import { join, resolve } from 'node:path';

/** A port that has to be free, and the setting by which it is changed. */
export type NeededPort = { readonly port: number; readonly setting: string };

/** Where everything is, and the environments of the two processes. */
export type StartSettings = {
  readonly dataDir: string;
  readonly sandboxDir: string;
  readonly productUrl: string;
  readonly controlUrl: string;
  readonly ports: readonly NeededPort[];
  readonly environment: Readonly<Record<string, string | undefined>>;
};

type Environment = Readonly<Record<string, string | undefined>>;

// Ids and secrets of the simulated company: docs/sandbox.md. They open nothing but the sandbox, and are refused off this machine.
const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';
const secrets = {
  GATEHOUSE_SECRET_HR_GENERIC: 'sandbox-hr-secret',
  GATEHOUSE_SECRET_HR_API: 'sandbox-hr-api-key',
  GATEHOUSE_SECRET_BAMBOO_WEBHOOK: 'sandbox-bamboo-webhook-secret',
  GATEHOUSE_SECRET_BAMBOO_KEY: 'sandbox-bamboo-key',
  GATEHOUSE_SECRET_ENTRA_CLIENT: 'sandbox-graph-secret',
  GATEHOUSE_SECRET_OCI_CLIENT: 'sandbox-oci-secret',
  GATEHOUSE_SECRET_AD_BIND: 'sandbox-ad-secret',
};
// Plain LDAP stands this far below LDAPS (docs/sandbox.md).
const ldapBelowLdaps = 247;

/** Settings for Gatehouse on the sandbox, from what the environment says and the defaults of docs/sandbox.md for the rest; an empty variable counts as absent. */
export function startSettings(given: Environment, folder: string): StartSettings {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const setting = (name: string, initial: string) => environment[name] ?? initial;
  const port = numberIn(setting('PORT', '7071'), 'PORT');
  const controlPort = numberIn(setting('GATEHOUSE_SANDBOX_PORT', '7072'), 'GATEHOUSE_SANDBOX_PORT');
  const [graphUrl, ociUrl] = [
    setting('GATEHOUSE_GRAPH_URL', 'http://127.0.0.1:7073'),
    setting('GATEHOUSE_OCI_URL', 'http://127.0.0.1:7074'),
  ];
  const adUrls = setting('GATEHOUSE_AD_URL', 'ldaps://127.0.0.1:7636,ldaps://127.0.0.1:7637');
  const [dataDir, sandboxDir] = [
    resolve(folder, setting('GATEHOUSE_DATA_DIR', '.gatehouse')),
    resolve(folder, setting('GATEHOUSE_SANDBOX_DIR', '.gatehouse-sandbox')),
  ];
  const [productUrl, controlUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${controlPort}`];
  const known = {
    ...secrets,
    GATEHOUSE_AD_CA: join(sandboxDir, 'tls', 'ca.pem'),
    GATEHOUSE_HR_URL: controlUrl,
    GATEHOUSE_BAMBOO_URL: `${controlUrl}/bamboo/api`,
    GATEHOUSE_CLOCK_URL: controlUrl,
    GATEHOUSE_TENANT: tenant,
    GATEHOUSE_TOKEN_ISSUER: `${graphUrl}/${tenant}/v2.0`,
    GATEHOUSE_TOKEN_AUDIENCE: 'api://gatehouse',
    GATEHOUSE_PUBLIC_URL: productUrl,
  };
  const places = {
    PORT: String(port),
    GATEHOUSE_SANDBOX_PORT: String(controlPort),
    GATEHOUSE_GRAPH_URL: graphUrl,
    GATEHOUSE_OCI_URL: ociUrl,
    GATEHOUSE_AD_URL: adUrls,
  };
  const ldapsPorts = adUrls.split(',').map((url) => portOf(url.trim(), 'GATEHOUSE_AD_URL'));
  return {
    dataDir,
    sandboxDir,
    productUrl,
    controlUrl,
    ports: [
      { port, setting: 'PORT' },
      { port: controlPort, setting: 'GATEHOUSE_SANDBOX_PORT' },
      { port: portOf(graphUrl, 'GATEHOUSE_GRAPH_URL'), setting: 'GATEHOUSE_GRAPH_URL' },
      { port: portOf(ociUrl, 'GATEHOUSE_OCI_URL'), setting: 'GATEHOUSE_OCI_URL' },
      ...ldapsPorts.flatMap((ldaps) => [ldaps, ldaps - ldapBelowLdaps].map((one) => ({ port: one, setting: 'GATEHOUSE_AD_URL' }))),
      ...queuePort(environment['GATEHOUSE_SERVICEBUS']),
    ],
    environment: { ...known, ...environment, ...places, GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_SANDBOX_DIR: sandboxDir },
  };
}

/** The host's own queue endpoint; none where the queues are elsewhere. */
function queuePort(connection: string | undefined): readonly NeededPort[] {
  if (connection === undefined) return [{ port: 7075, setting: 'GATEHOUSE_SERVICEBUS' }];
  const local = /Endpoint=sb:\/\/(?:127\.0\.0\.1|localhost):(\d+)/i.exec(connection);
  return local === null ? [] : [{ port: Number(local[1]), setting: 'GATEHOUSE_SERVICEBUS' }];
}

function portOf(url: string, name: string): number {
  if (URL.canParse(url) && new URL(url).port !== '') return numberIn(new URL(url).port, name);
  throw new Error(`${name} is ${url}. Give an address of this machine with a port, such as http://127.0.0.1:7073.`);
}

function numberIn(text: string, name: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= 65_535) return number;
  throw new Error(`${name} is ${text}, which is no port. Give a whole number from 1 to 65535.`);
}

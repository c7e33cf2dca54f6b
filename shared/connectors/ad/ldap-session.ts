import { readFile } from 'node:fs/promises';
import { Client, ResultCodeError } from 'ldapts';
import { NotSent } from '../http/not-sent.ts';
import { GatehouseError } from '../../errors.ts';

/** Where the directory is and as whom to sign in. */
export type LdapSettings = {
  /** `ldaps://host:port`; or `ldap://host:port`, where TLS is begun (RFC 4511 section 4.14) before anything else is said: passwords may only be set over TLS, and ours is not sent without. */
  readonly url: string;
  /** The certificate of the CA that signed the domain controller's, as a PEM file. Without it the system's own CAs count. */
  readonly caFile?: string;
  /** The name in the controller's certificate, where it is not the host of the URL. */
  readonly serverName?: string;
  /** The service account, as a user principal name or DN. */
  readonly user: string;
  /** Its password, read at each sign-in, so that a rotated one is taken up. */
  readonly password: () => Promise<string>;
  /** Bounds the connect and each operation, in milliseconds. */
  readonly timeoutMs?: number;
};

/** One signed-in connection, made when it is first needed and again when it was lost. */
export type LdapSession = {
  /** Runs an operation on the connection. Throws `NotSent` where none could be had, else what the operation throws. */
  run<T>(operation: (client: Client) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Signs out. The session can be used again. Without this the open socket keeps the process alive. */
  close(): Promise<void>;
};

const defaultTimeoutMs = 15_000;
// Trying a wrong password at every step would lock the service account out.
const afterRefusalMs = 60_000;

/** The directory answered and would not have us. */
export class SignInRefused extends NotSent {}

/**
 * Keeps one connection: `ldapts` has no pool and more would gain nothing. `autoRebind` is off and every operation checks first that the connection is signed in, because a connection that the library
 * makes again by itself is anonymous; certificates are always verified.
 */
export function createLdapSession(settings: LdapSettings): LdapSession {
  if (!/^ldaps?:\/\//i.test(settings.url))
    throw new GatehouseError(
      'config-invalid',
      `The directory address "${settings.url}" must begin with ldaps://, or with ldap:// for StartTLS.`,
    );
  let current: Client | undefined;
  let connecting: Promise<Client> | undefined;
  let refused: { readonly error: SignInRefused; readonly at: number } | undefined;
  const signIn = async (): Promise<Client> => {
    if (refused !== undefined && performance.now() - refused.at < afterRefusalMs) throw refused.error;
    try {
      current = await connect(settings);
      return current;
    } catch (error) {
      if (error instanceof SignInRefused) refused = { error, at: performance.now() };
      throw error;
    }
  };
  const connected = (): Promise<Client> => {
    connecting ??= signIn().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };
  return {
    run: async (operation, signal) => {
      // A connection may be lost between being handed over and being used; a second is then tried, once.
      for (let round = 0; round < 2; round += 1) {
        if (signal.aborted) throw new NotSent('The call was given up before it was sent.');
        const client = current?.isBound === true ? current : await unlessAborted(connected(), signal, beforeSending);
        if (client.isBound) return unlessAborted(operation(client), signal, whileWaiting);
      }
      throw new NotSent('The directory closed the connection as soon as it was made.');
    },
    close: async () => {
      const client = current;
      current = undefined;
      await client?.unbind();
    },
  };
}

async function connect(settings: LdapSettings): Promise<Client> {
  const password = await settings.password();
  // A name with an empty password signs in anonymously on some servers, and succeeds (RFC 4513 section 5.1.2).
  if (password === '') throw new GatehouseError('config-invalid', `The password of ${settings.user} is empty.`);
  const timeout = settings.timeoutMs ?? defaultTimeoutMs;
  const tls = await tlsOptions(settings);
  const isClear = /^ldap:/i.test(settings.url);
  // With `tlsOptions` the library speaks TLS from the first byte, whatever the address says.
  const client = new Client({ url: settings.url, timeout, connectTimeout: timeout, ...(isClear ? {} : { tlsOptions: tls }) });
  try {
    if (isClear) await startTls(client, tls, timeout);
    await client.bind(settings.user, password);
    return client;
  } catch (error) {
    await client.unbind().catch(() => undefined);
    throw signInFailed(settings, error);
  }
}

/** Throws where the connection is not encrypted afterwards: the library would make a lost one again by itself, in clear, and send the password on it. */
async function startTls(client: Client, tls: TlsOptions, timeoutMs: number): Promise<void> {
  const tooLong = AbortSignal.timeout(timeoutMs);
  await unlessAborted(client.startTLS(tls), tooLong, () => new Error('The handshake of StartTLS took too long.'));
  if (!client.isConnected) throw new Error('The connection was lost when StartTLS had begun.');
}

type TlsOptions = { minVersion: 'TLSv1.2'; host: string; ca?: Buffer; servername?: string };

async function tlsOptions({ caFile, serverName, url }: LdapSettings): Promise<TlsOptions> {
  const host = new URL(url).hostname;
  const isAddress = /^[\d.]+$|^\[/.test(host);
  const servername = serverName ?? (isAddress ? undefined : host);
  const ca = caFile === undefined ? undefined : await readCa(caFile);
  return { minVersion: 'TLSv1.2', host, ...(ca === undefined ? {} : { ca }), ...(servername === undefined ? {} : { servername }) };
}

async function readCa(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new GatehouseError('config-invalid', `The CA certificate ${path} of the directory cannot be read.`, { cause: error });
  }
}

/** What stands after `data` when a sign-in is refused (https://ldapwiki.com/wiki/Common%20Active%20Directory%20Bind%20Errors). */
const signInProblems: Readonly<Record<string, string>> = {
  '52e': 'the name or password is wrong',
  '530': 'it may not sign in at this time',
  '532': 'its password has expired',
  '533': 'it is disabled',
  '701': 'it has expired',
  '773': 'its password must be changed first',
  '775': 'it is locked out',
};

/** Busy and unavailable say nothing of the account: another attempt does no harm (RFC 4511 appendix A). */
const passing: ReadonlySet<number> = new Set([51, 52]);

function signInFailed(settings: LdapSettings, error: unknown): NotSent {
  if (error instanceof ResultCodeError && !passing.has(error.code)) {
    const data = /data ([0-9a-f]{3})/i.exec(error.message)?.[1]?.toLowerCase() ?? '';
    return new SignInRefused(`Active Directory refused the sign-in of ${settings.user}: ${signInProblems[data] ?? `code ${error.code}`}.`, {
      cause: error,
    });
  }
  const why = error instanceof Error ? error.message : 'no reason given';
  return new NotSent(`No connection to the directory at ${settings.url} could be made: ${why}`, { cause: error });
}

const beforeSending = () => new NotSent('The call was given up while the connection was being made.');
const whileWaiting = () => new Error('The call was given up while it waited for the answer.');

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, reason: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(reason());
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

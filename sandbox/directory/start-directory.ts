import { createServer } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { companyOf } from '../company/company-of.ts';
import type { World } from '../foundation/world.ts';
import type { ControllerName } from './domain.ts';
import { seedDirectory } from './seed/seed-directory.ts';
import { listen, type Listening } from './server/listen.ts';
import { isUnreachable, serveConnection } from './server/serve-connection.ts';
import { directoryStore } from './store/directory-store.ts';
import { ensureTls } from './tls/ensure-tls.ts';

/** A directory that is being served; `caFile` is the authority that its certificate is signed by, `second` the ports of its second domain controller. */
export type RunningDirectory = {
  readonly ldapPort: number;
  readonly ldapsPort: number;
  readonly second: ControllerPorts | undefined;
  readonly caFile: string;
  readonly stop: () => Promise<void>;
};

/** The ports of one domain controller. */
export type ControllerPorts = { readonly ldap: number; readonly ldaps: number };

/** Where a directory is to listen; without `second` it has one domain controller. */
export type DirectoryPorts = { readonly ldapPort: number; readonly ldapsPort: number; readonly second?: ControllerPorts };

/** Serves the directory on 127.0.0.1: LDAP, which takes no password before StartTLS, and LDAPS, both from each domain controller. Port 0 takes a free one. An empty directory is
 * seeded with the company first. Throws an error for people when a port is busy; then nothing is left listening. */
export async function startDirectory(world: World, ports: DirectoryPorts): Promise<RunningDirectory> {
  const { certificate: cert, key, caFile } = await ensureTls(world.dataDir);
  seedDirectory(directoryStore(world), companyOf(world).withAccounts);
  const open: Listening[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(open.map((one) => one.close())));
  const start = (controller: ControllerName, wanted: ControllerPorts) =>
    startController({ world, controller, tls: { cert, key, minVersion: 'TLSv1.2' }, open }, wanted);
  try {
    const first = await start('dc1', { ldap: ports.ldapPort, ldaps: ports.ldapsPort });
    const second = ports.second === undefined ? undefined : await start('dc2', ports.second);
    world.announce({ ldap: `ldap://127.0.0.1:${first.ldap}`, ldaps: `ldaps://127.0.0.1:${first.ldaps}` });
    if (second !== undefined)
      world.announce({ ldapSecond: `ldap://127.0.0.1:${second.ldap}`, ldapsSecond: `ldaps://127.0.0.1:${second.ldaps}` });
    return { ldapPort: first.ldap, ldapsPort: first.ldaps, second, caFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Controller = {
  readonly world: World;
  readonly controller: ControllerName;
  readonly tls: { readonly cert: string; readonly key: string; readonly minVersion: 'TLSv1.2' };
  /** Takes what listens, to be closed. */
  readonly open: Listening[];
};

async function startController({ world, controller, tls: options, open }: Controller, ports: ControllerPorts): Promise<ControllerPorts> {
  const tls = createSecureContext(options);
  const setting = controller === 'dc1' ? 'GATEHOUSE_AD_URL' : 'GATEHOUSE_AD_SECOND_PORT';
  const place = { setting, isUnreachable: () => isUnreachable(world, controller) };
  const plainServer = createServer((socket) => serveConnection(socket, { world, controller, tls, isEncrypted: false }));
  const plain = await listen(plainServer, { ...place, port: ports.ldap });
  open.push(plain);
  const secureServer = createTlsServer(options, (socket) => serveConnection(socket, { world, controller, tls, isEncrypted: true }));
  const secure = await listen(secureServer, { ...place, port: ports.ldaps });
  open.push(secure);
  return { ldap: plain.port, ldaps: secure.port };
}

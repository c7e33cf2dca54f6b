import { createServer } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import type { World } from '../foundation/world.ts';
import { seedDirectory } from './seed/seed-directory.ts';
import { listen } from './server/listen.ts';
import { serveConnection } from './server/serve-connection.ts';
import { directoryStore } from './store/directory-store.ts';
import { ensureTls } from './tls/ensure-tls.ts';

/** A directory that is being served; `caFile` is the authority that its certificate is signed by. */
export type RunningDirectory = {
  readonly ldapPort: number;
  readonly ldapsPort: number;
  readonly caFile: string;
  readonly stop: () => Promise<void>;
};

/** Serves the directory on 127.0.0.1: LDAP, which takes no password before StartTLS, and LDAPS. Port 0 takes a free one. An empty directory is seeded with the company first.
 * Throws an error for people when a port is busy. */
export async function startDirectory(
  world: World,
  ports: { readonly ldapPort: number; readonly ldapsPort: number },
): Promise<RunningDirectory> {
  const { certificate: cert, key, caFile } = await ensureTls(world.dataDir);
  seedDirectory(directoryStore(world));
  const tls = createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  const plain = await listen(
    createServer((socket) => serveConnection(socket, { world, tls, isEncrypted: false })),
    ports.ldapPort,
  );
  const secureServer = createTlsServer({ cert, key, minVersion: 'TLSv1.2' }, (socket) =>
    serveConnection(socket, { world, tls, isEncrypted: true }),
  );
  const secure = await listen(secureServer, ports.ldapsPort).catch(async (error: unknown) => {
    await plain.close();
    throw error;
  });
  world.announce({ ldap: `ldap://127.0.0.1:${plain.port}`, ldaps: `ldaps://127.0.0.1:${secure.port}` });
  return {
    ldapPort: plain.port,
    ldapsPort: secure.port,
    caFile,
    stop: async () => void (await Promise.all([plain.close(), secure.close()])),
  };
}
